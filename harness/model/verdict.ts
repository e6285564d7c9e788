/**
 * What became of one case. The table in docs/verdicts.md is the long form.
 *
 * - `verified`: asked and held
 * - `failed`: asked and did not hold, seen twice
 * - `unsteady`: did not hold once, held when asked again
 * - `not-reproduced`: a drill whose fault broke nothing, or another step
 * - `blocked`: could not be asked
 * - `aborted`: the run ended first
 * - `not-asked`: the user's own mode or budget excludes it
 * - `unimplemented`: a claim with nothing under it
 * - `by-hand`: a person's word, dated
 *
 * @example
 * const verdict: Verdict = 'verified'
 */
export type Verdict = (typeof verdicts)[number]

/** All verdicts, in the order in which a summary lists them. */
export const verdicts = [
  'verified',
  'failed',
  'unsteady',
  'not-reproduced',
  'blocked',
  'aborted',
  'not-asked',
  'unimplemented',
  'by-hand',
] as const

const red: ReadonlySet<Verdict> = new Set([
  'failed',
  'unsteady',
  'not-reproduced',
  'blocked',
  'aborted',
])

/**
 * Whether a verdict makes the run fail.
 *
 * @example
 * isRed('blocked') // true
 */
export const isRed = (verdict: Verdict): boolean => red.has(verdict)

/**
 * Whether a verdict says that the provider was asked and a judgement was reached.
 *
 * @example
 * isJudged('blocked') // false: nothing was learned about the provider
 */
export const isJudged = (verdict: Verdict): boolean =>
  verdict === 'verified' ||
  verdict === 'failed' ||
  verdict === 'unsteady' ||
  verdict === 'not-reproduced'
