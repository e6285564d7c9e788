/**
 * All codes of findings about two files that disagree, each with its meaning in one line.
 *
 * @example
 * crossCheckCodes['cross-check'] // 'a contract expects what the spec does not say'
 */
export const crossCheckCodes = {
  'cross-check': 'a contract expects what the spec does not say',
  'stub-differs': "a stub answers or asks for what its upstream's spec does not say",
} as const

/** A code of a finding about two files that disagree. */
export type CrossCheckCode = keyof typeof crossCheckCodes
