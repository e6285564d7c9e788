import type { UserErrorParts } from '../../model/user-error.ts'
import type { Testbed } from '../../testbed/testbed.ts'
import type { Surroundings } from '../surroundings.ts'

/** A fault that was put and can be taken away. */
export interface AppliedFault {
  /** When it first changed anything, in milliseconds since 1970: the canary. Absent: not yet. */
  firstBite(): Promise<number | undefined>
  /** Takes it away. Taking it away twice does no harm. */
  lift(): Promise<void>
  /** What whoever mends it is told, as variables of the solution's commands. */
  readonly environment?: Readonly<Record<string, string>>
}

/** What is wrong with the words of a fault, without a place. */
export type FaultProblem = Omit<UserErrorParts, 'place'>

/** The words after the kind, read. */
export type ParsedFault<Fault> = { readonly fault: Fault } | { readonly problem: FaultProblem }

/**
 * One kind of fault: how a page writes it, and how it is put on a testbed.
 *
 * @example
 * export const linkFault: FaultKind<LinkFault> = { kind: 'link', words: …, runtimes: …, parse, put }
 */
export interface FaultKind<Fault extends { readonly kind: string }> {
  /** The word with which a page names it. */
  readonly kind: Fault['kind']
  /** How it is written, for messages and for `guide words`. */
  readonly words: readonly string[]
  /** On which testbeds it can be made; elsewhere the drill is blocked with this reason. */
  readonly runtimes: string
  /** Reads what follows the word. */
  parse(rest: string): ParsedFault<Fault>
  /**
   * Puts it. Throws `UserError` where the testbed has no such part, and `Blocked` where it cannot be
   * made on this testbed.
   */
  put(testbed: Testbed, fault: Fault, surroundings: Surroundings): Promise<AppliedFault>
}
