import { putAbove, type StubVariant } from './stub-variant.ts'

/** The connection carries no answer that HTTP knows. */
export interface StubBrokenAnswer {
  readonly does: 'broken-answer'
  readonly how: 'malformed' | 'empty' | 'reset'
}

/** WireMock's names for them. */
const faults = {
  malformed: 'MALFORMED_RESPONSE_CHUNK',
  empty: 'EMPTY_RESPONSE',
  reset: 'CONNECTION_RESET_BY_PEER',
} as const satisfies Readonly<Record<StubBrokenAnswer['how'], string>>

/** `malformed`: a status and then garbage. `empty`: closes without an answer. `reset`: a TCP reset. */
const brokenAnswer = (how: StubBrokenAnswer['how']): StubVariant<StubBrokenAnswer> => ({
  does: 'broken-answer',
  words: how,
  parse: (text) => (text.toLowerCase() === how ? { does: 'broken-answer', how } : undefined),
  put: (admin, variant) => putAbove(admin, [{ response: { fault: faults[variant.how] } }]),
})

/** One for each way in which an answer can be broken. */
export const stubBrokenAnswers = (['malformed', 'empty', 'reset'] as const).map(brokenAnswer)

/** Breaks all answers of a stub. */
export const putBrokenAnswer: StubVariant<StubBrokenAnswer>['put'] = (admin, variant) =>
  brokenAnswer(variant.how).put(admin, variant)
