import { visit } from 'unist-util-visit'
import type { Place } from '../../model/place.ts'
import { nearest } from '../../model/nearest.ts'
import type { ExchangeTemplate } from '../fences/http.ts'
import { parseOrNothing } from '../read/parse-page.ts'
import { makeSource } from '../read/source.ts'
import type { Fence, Guide, Scenario } from '../types.ts'
import type { Doubt, KnownFacts, KnownOperation } from './doubt.ts'

const endpoint = /^(GET|POST|PUT|PATCH|DELETE)\s+(\/[^\s?#]*)/
const isHole = (segment: string): boolean => /[{}]|^:/.test(segment)

const fits = (template: string, path: string): boolean => {
  const [a, b] = [template, path].map((one) => one.replace(/\/$/, '').split('/'))
  return (
    a?.length === b?.length &&
    (a ?? []).every((segment, index) => {
      const other = b?.[index] ?? ''
      return segment === other || (isHole(segment) && other !== '')
    })
  )
}

/** The operation that a method and a path mean. */
const operationOf = (
  operations: readonly KnownOperation[],
  method: string,
  target: string,
): KnownOperation | undefined => {
  const path = target.replace(/[?#].*$/s, '')
  return operations.find((one) => one.method === method && fits(one.path, path))
}

const unknownEndpoint = (
  operations: readonly KnownOperation[],
  method: string,
  target: string,
  place: Place,
): Doubt => {
  const path = target.replace(/[?#].*$/s, '')
  const others = operations.filter((one) => fits(one.path, path)).map((one) => one.method)
  const meant = nearest(
    path,
    operations.map((one) => one.path),
  )
  const fix = others.length > 0 ? undefined : meant
  return {
    severity: 'wrong',
    parts: {
      problem: `the spec has no ${method} ${path}`,
      place,
      expected:
        others.length > 0
          ? `${path} has ${[...new Set(others)].join(', ')}`
          : 'an operation of the spec',
      ...(fix === undefined ? {} : { fix: `write ${fix}` }),
    },
  }
}

const documents = ({ statuses }: KnownOperation, status: number): boolean =>
  statuses.some(
    (one) => one === 'default' || one === String(status) || one === `${Math.floor(status / 100)}XX`,
  )

const unknownStatus = (
  { method, path, statuses }: KnownOperation,
  status: number,
  place: Place,
): Doubt => ({
  severity: 'wrong',
  parts: {
    problem: `the spec knows no ${status} of ${method} ${path}`,
    place,
    expected: `one of ${statuses.join(', ')}`,
    fix: 'correct the page, or document the status',
  },
})

const exchangesIn = (fences: readonly Fence[]): readonly ExchangeTemplate[] =>
  fences.flatMap((fence) => (fence.language === 'http' ? fence.exchanges : []))

const checkExchange = (
  operations: readonly KnownOperation[],
  { method, target, place, expected }: ExchangeTemplate,
): readonly Doubt[] => {
  if (!['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].includes(method)) return []
  const operation = operationOf(operations, method, target)
  if (operation === undefined) return [unknownEndpoint(operations, method, target, place)]
  return expected === undefined || documents(operation, expected.status)
    ? []
    : [unknownStatus(operation, expected.status, expected.place)]
}

/** What a drill says that a step answers must be a status of the step's last operation. */
const checkSymptoms = (
  operations: readonly KnownOperation[],
  { steps, drills }: Scenario,
): readonly Doubt[] =>
  drills
    .flatMap(({ symptoms = [], prevention }) => [...symptoms, ...(prevention?.symptoms ?? [])])
    .flatMap((symptom) => {
      if (symptom.kind !== 'answers') return []
      const step = steps.find(({ number }) => number === symptom.step)
      const last = exchangesIn(step?.fences ?? []).at(-1)
      const operation =
        last === undefined ? undefined : operationOf(operations, last.method, last.target)
      return operation === undefined || documents(operation, symptom.status)
        ? []
        : [unknownStatus(operation, symptom.status, symptom.place)]
    })

const fencesOf = ({ given, steps, rollback, drills }: Scenario): readonly Fence[] => [
  ...[given, ...steps, rollback].flatMap((part) => part?.fences ?? []),
  ...drills.flatMap(({ fences }) => Object.values(fences).flat()),
]

/**
 * Endpoints and statuses of a page that the specs of its integrations do not have: in backticks, in
 * `http` fences and in symptoms.
 */
export const checkOperations = (
  guide: Guide,
  text: string,
  facts: readonly KnownFacts[],
): readonly Doubt[] => {
  if (facts.some(({ operations }) => operations === undefined)) return []
  const operations = facts.flatMap((one) => one.operations ?? [])
  if (operations.length === 0) return []
  const source = makeSource(guide.file, text)
  const doubts: Doubt[] = []
  visit(parseOrNothing(text), 'inlineCode', ({ value, position }) => {
    const [, method = '', path = ''] = endpoint.exec(value) ?? []
    if (method === '' || operationOf(operations, method, path) !== undefined) return
    const place = source.placeAt(position?.start.offset ?? 0)
    doubts.push(unknownEndpoint(operations, method, path, place))
  })
  return [
    ...doubts,
    ...guide.scenarios.flatMap((scenario) => [
      ...exchangesIn(fencesOf(scenario)).flatMap((one) => checkExchange(operations, one)),
      ...checkSymptoms(operations, scenario),
    ]),
  ]
}
