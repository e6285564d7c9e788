import type { HttpRequest } from './http.ts'
import type { Acceptance } from './acceptance.ts'
import type { Place } from './place.ts'
import type { Recipe, ShownRequest } from './recipe.ts'

/**
 * Whose fault it is: the provider's, who does not do what the document says; or the document's, which
 * does not say what every client of such a provider has to expect.
 */
export type FindingClass = 'provider' | 'document'

/**
 * One distinct fault, with the smallest request that shows it.
 *
 * `code` is stable and has a page in the docs. `summary` is one sentence that the provider's author
 * would accept. `subject` is the operation, interaction or claim that it is about. `place` is where
 * the user's own file asks for what did not come; `aspect` tells findings of one place apart: the
 * status that is not documented there, for example.
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
  /** Absent: `provider`. */
  readonly class?: FindingClass
  readonly summary: string
  readonly subject: string
  readonly place: Place
  readonly aspect?: string
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
  /** The fewest and smallest requests that show it; absent where none were looked for, or found. */
  readonly recipe?: Recipe
  /** The same, as a person can send them: in their order, the last one is `request`. */
  readonly shown?: readonly ShownRequest[]
  /** Seen again on a fresh testbed. */
  readonly confirmed: boolean
  /** Why it is accepted, and until when; absent where it is not. */
  readonly known?: Acceptance
}

/**
 * What makes a finding the same as another: never a value that was sent or came.
 *
 * @example
 * identityOf(first) === identityOf(second) // the second run found it again
 */
export const identityOf = ({
  code,
  subject,
  place,
  aspect,
}: Pick<Finding, 'code' | 'subject' | 'place' | 'aspect'>): string =>
  JSON.stringify([code, subject, place.file, place.pointer ?? place.line, aspect])

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
