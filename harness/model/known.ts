import type { Acceptance } from './acceptance.ts'
import type { Finding } from './finding.ts'
import type { Recipe } from './recipe.ts'

/**
 * A finding that somebody accepted for a time: known by its code, its operation and the place of the
 * rule, never by a value.
 */
export interface KnownFinding extends Acceptance {
  readonly integration: string
  readonly code: string
  readonly subject: string
  /** The document that was read, and the file of it in which the rule stands. */
  readonly spec: string
  readonly file: string
  readonly pointer: string
  readonly aspect?: string
  /** The case that found it, and the seed with which that is the same again. */
  readonly case: string
  readonly seed: number
  /** What shows it; absent where only its whole case does. */
  readonly recipe?: Recipe
}

/** Whether a finding of an integration is the one that was accepted. */
export const isKnownAs = (
  { integration, code, subject, file, pointer, aspect }: KnownFinding,
  where: string,
  finding: Pick<Finding, 'code' | 'subject' | 'place' | 'aspect'>,
): boolean =>
  integration === where &&
  code === finding.code &&
  subject === finding.subject &&
  file === finding.place.file &&
  pointer === (finding.place.pointer ?? '') &&
  aspect === finding.aspect

/**
 * Whether its last day is over.
 *
 * @example
 * isExpired({ because: 'billing is being replaced', until: '2026-12-31' }, new Date('2027-01-01')) // true
 */
export const isExpired = ({ until }: Acceptance, now: Date): boolean =>
  now.toISOString().slice(0, 10) > until
