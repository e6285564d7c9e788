import type { Place } from '../../model/place.ts'
import type { ExchangeTemplate } from '../fences/http.ts'
import type { Fence, Guide, Scenario } from '../types.ts'
import type { Doubt } from './doubt.ts'
import { unknownEndpoint } from './endpoints.ts'
import type { KnownFacts, KnownOperation } from './known.ts'
import { operationOf } from './operation-of.ts'
import { documents } from './statuses.ts'

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
  if (operation === undefined) {
    const { problem, others, fix } = unknownEndpoint(operations, method, target)
    const parts = { problem, place, ...(others === undefined ? {} : { expected: others }) }
    return [{ severity: 'wrong', parts: fix === undefined ? parts : { ...parts, fix } }]
  }
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
 * Requests, statuses and symptoms of a page's cases that the specs of its integrations do not have.
 * When the page is run, its cases speak of them.
 */
export const checkExchanges = (
  { scenarios }: Guide,
  facts: readonly KnownFacts[],
): readonly Doubt[] => {
  if (facts.some(({ operations }) => operations === undefined)) return []
  const operations = facts.flatMap((one) => one.operations ?? [])
  if (operations.length === 0) return []
  return scenarios.flatMap((scenario) => [
    ...exchangesIn(fencesOf(scenario)).flatMap((one) => checkExchange(operations, one)),
    ...checkSymptoms(operations, scenario),
  ])
}
