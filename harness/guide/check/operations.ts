import type { Node } from 'mdast'
import { visit } from 'unist-util-visit'
import type { Place } from '../../model/place.ts'
import { nearest } from '../../model/nearest.ts'
import type { ExchangeTemplate } from '../fences/http.ts'
import { parseOrNothing } from '../read/parse-page.ts'
import { makeSource } from '../read/source.ts'
import type { Fence, Guide, Scenario } from '../types.ts'
import type { Doubt, KnownFacts, KnownOperation } from './doubt.ts'
import { fits, operationOf } from './operation-of.ts'

const endpoint = /^(GET|POST|PUT|PATCH|DELETE)\s+(\/[^\s?#]*)/
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

/** The words before a status in backticks that say it is one. */
const answers = /\b(?:answer(?:s|ed)?|answer (?:is|was)|status|HTTP|returns?|responds? with)\s*$/i

/** Statuses in sentences that no operation has. A 5xx may come of any, documented or not. */
const checkStatusesInProse = (
  operations: readonly KnownOperation[],
  children: readonly Node[],
  placeAt: (offset: number) => Place,
): readonly Doubt[] =>
  children.flatMap((node, index) => {
    if (node.type !== 'inlineCode' || !('value' in node) || !/^[1-4]\d\d$/.test(String(node.value)))
      return []
    const before = children[index - 1]
    const words = before !== undefined && 'value' in before ? String(before.value) : ''
    const status = Number(node.value)
    if (!answers.test(words) || operations.some((one) => documents(one, status))) return []
    return [
      {
        severity: 'wrong' as const,
        parts: {
          problem: `the spec knows no ${status} of any operation`,
          place: placeAt(node.position?.start.offset ?? 0),
          expected: 'a status that the spec documents',
          fix: 'correct the page, or document the status',
        },
      },
    ]
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
  visit(parseOrNothing(text), ['paragraph', 'tableCell'], (block) => {
    if ('children' in block)
      doubts.push(...checkStatusesInProse(operations, block.children, (at) => source.placeAt(at)))
  })
  return [
    ...doubts,
    ...guide.scenarios.flatMap((scenario) => [
      ...exchangesIn(fencesOf(scenario)).flatMap((one) => checkExchange(operations, one)),
      ...checkSymptoms(operations, scenario),
    ]),
  ]
}
