/**
 * All codes of findings about a contract and a spec that disagree, each with its meaning in one line.
 *
 * @example
 * crossCheckCodes['cross-check'] // 'a contract expects what the spec does not say'
 */
export const crossCheckCodes = {
  'cross-check': 'a contract expects what the spec does not say',
} as const

/** A code of a finding about a contract and a spec. */
export type CrossCheckCode = keyof typeof crossCheckCodes
