import type { Verdict } from '../model/verdict.ts'
import type { CaseMeta } from './meta.ts'

/** How much of what guides claim was proved. */
export interface ClaimCoverage {
  /** Steps, drills, and claims outside of scenarios. */
  readonly claims: number
  readonly proved: number
  /** Asked, and it did not hold or could not be asked. */
  readonly red: number
  /** Nothing stands under them that could run. */
  readonly unimplemented: number
  readonly byHand: number
}

/**
 * Counts the claims of guides among cases; `undefined` where there are none.
 *
 * @example
 * claimCoverage(cases) // { claims: 40, proved: 25, red: 0, unimplemented: 15, byHand: 0 }
 */
export const claimCoverage = (cases: readonly CaseMeta[]): ClaimCoverage | undefined => {
  const claims = cases.filter(({ kind }) => ['step', 'drill', 'claim'].includes(kind))
  if (claims.length === 0) return undefined
  const count = (verdict: Verdict): number => claims.filter((one) => one.verdict === verdict).length
  const [proved, unimplemented, byHand] = [
    count('verified'),
    count('unimplemented'),
    count('by-hand'),
  ]
  const red = claims.length - proved - unimplemented - byHand
  return { claims: claims.length, proved, red, unimplemented, byHand }
}

/** The same in one line. */
export const coverageLine = (cases: readonly CaseMeta[]): readonly string[] => {
  const coverage = claimCoverage(cases)
  if (coverage === undefined) return []
  const { claims, proved, red, unimplemented, byHand } = coverage
  const parts = [
    `${proved} proved`,
    ...(red === 0 ? [] : [`${red} not`]),
    `${unimplemented} with nothing under them`,
    `${byHand} by hand`,
  ]
  return [`claims    ${claims} in guides: ${parts.join(', ')}`]
}
