import type { SymptomKind } from './symptom-kind.ts'

/** The body of the step's last answer has this text in it. */
export interface AnswerSaysSymptom {
  readonly kind: 'answer-says'
  readonly says: string
}

const pattern = /^the\s+answer\s+says\s+`([^`]+)`/i
const lengthShown = 200

/** ``the answer says `payments-timeout` `` */
export const answerSays: SymptomKind<AnswerSaysSymptom> = {
  kind: 'answer-says',
  words: 'the answer says `…`',
  parse: (text) => {
    const match = pattern.exec(text)
    if (match === null) return undefined
    return { phrase: { kind: 'answer-says', says: match[1] ?? '' }, length: match[0].length }
  },
  unmet: ({ says }, { text, failure }) =>
    text?.includes(says) === true
      ? undefined
      : {
          expected: `an answer with "${says}" in it`,
          actual: text === undefined ? (failure ?? 'no answer') : text.slice(0, lengthShown),
        },
}
