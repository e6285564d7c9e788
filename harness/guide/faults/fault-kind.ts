import type { UserErrorParts } from '../../model/user-error.ts'
import type { Testbed } from '../../testbed/testbed.ts'

/** A fault that was put and can be taken away. */
export interface AppliedFault {
  /** When it first changed anything, in milliseconds since 1970: the canary. Absent: not yet. */
  firstBite(): Promise<number | undefined>
  /** Takes it away. Taking it away twice does no harm. */
  lift(): Promise<void>
}

/** What is wrong with the words of a fault, without a place. */
export type FaultProblem = Omit<UserErrorParts, 'place'>

/**
 * One kind of fault: how a page writes it, and how it is put on a testbed.
 *
 * @example
 * export const linkFault: FaultKind<LinkFault> = { kind: 'link', words: …, parse, put }
 */
export interface FaultKind<Fault extends { readonly kind: string }> {
  /** The word with which a page names it. */
  readonly kind: Fault['kind']
  /** How it is written, for messages and for `guide words`. */
  readonly words: readonly string[]
  /** Reads what follows the word. */
  parse(rest: string): { readonly fault: Fault } | { readonly problem: FaultProblem }
  /** Puts it. Throws `UserError` where the testbed has no such part. */
  put(testbed: Testbed, fault: Fault): Promise<AppliedFault>
}
