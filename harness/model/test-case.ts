import type { Place } from './place.ts'
import type { Verdict } from './verdict.ts'

/** What kind of thing one case replays. */
export type CaseKind =
  'interaction' | 'cross-check' | 'operation' | 'sequence' | 'step' | 'drill' | 'claim'

/**
 * A verdict that planning alone can give: the case is never put to a provider.
 *
 * `reason` is a full sentence; `fix` says what the user can do about it.
 *
 * @example
 * const ruling: Ruling = { verdict: 'unimplemented', reason: 'Nothing stands under this step.', fix: 'Add a fence.' }
 */
export interface Ruling {
  readonly verdict: Exclude<Verdict, 'verified' | 'unsteady' | 'not-reproduced' | 'aborted'>
  readonly reason: string
  readonly fix?: string
}

/**
 * One planned test. Plans are deterministic: same input and seed, same ids, names and order.
 *
 * `name` is what a person types after `-t`; `group` are the headings above it, outermost first.
 * `detail` is what the stage `replay` of the same kind needs, as plain data.
 *
 * @example
 * const testCase: TestCase = {
 *   id: caseId('orders', 'GET /orders'), kind: 'operation', integration: 'orders',
 *   group: ['orders'], name: 'GET /orders: examples', place: { file: 'specs/orders.yaml', line: 20 }, detail: {},
 * }
 */
export interface TestCase<Detail = unknown> {
  readonly id: string
  readonly kind: CaseKind
  readonly integration: string
  readonly group: readonly string[]
  readonly name: string
  readonly place: Place
  readonly detail: Detail
  readonly ruling?: Ruling
  /** Of what it was planned from: a proof of other words proves nothing. */
  readonly fingerprint?: string
}
