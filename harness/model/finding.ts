import type { HttpRequest } from './http.ts'
import type { Place } from './place.ts'

/**
 * One distinct fault, with the smallest request that shows it.
 *
 * `code` is stable and has a page in the docs. `summary` is one sentence that the provider's author
 * would accept. `subject` is the operation, interaction or claim that it is about. `place` is where
 * the user's own file asks for what did not come.
 *
 * @example
 * const finding: Finding = {
 *   code: 'body-schema', summary: '"total" is a string, and the document says integer.',
 *   subject: 'GET /orders/{id}', place: { file: 'specs/orders.yaml', line: 40 },
 *   expected: 'integer', actual: '"12"', confirmed: true,
 * }
 */
export interface Finding {
  readonly code: string
  readonly summary: string
  readonly subject: string
  readonly place: Place
  readonly expected: string
  readonly actual: string
  /** The consumer whose contract asks for it. */
  readonly consumer?: string
  /** What the spec says about the part that a contract asks for, and where. */
  readonly spec?: string
  /** The clause of a standard that asks for it: `OpenAPI 3.1, 4.8.16` or `RFC 9110, 15.5.16`. */
  readonly clause?: string
  /** The request that shows it; reports make the `curl` line from it. */
  readonly request?: HttpRequest
  /** What lies behind it, where that is known; findings of one cause are reported as one. */
  readonly cause?: string
  /** Seen again on a fresh testbed. */
  readonly confirmed: boolean
}

/** What was measured of a drill, in milliseconds. */
export interface Times {
  /** From putting the fault to the break of the step. */
  readonly symptomMilliseconds?: number
  /** From the end of the fault, or the beginning of the solution, until the step held again. */
  readonly recoveryMilliseconds?: number
}

/**
 * What the stage `judge` makes of what was seen.
 *
 * @example
 * const judgement: Judgement = { verdict: 'verified', findings: [] }
 */
export interface Judgement {
  readonly verdict: 'verified' | 'failed' | 'blocked' | 'not-reproduced' | 'not-asked'
  readonly findings: readonly Finding[]
  /** What was measured on the way, in milliseconds. */
  readonly times?: Times
  /** A sentence for verdicts that have no finding. */
  readonly reason?: string
  /** What the user can do about it. */
  readonly fix?: string
  /** What the provider printed while it was asked. */
  readonly log?: readonly string[]
}
