import type { SymptomKind } from './symptom-kind.ts'

/** The step gets no answer at all. */
export interface NoAnswerSymptom {
  readonly kind: 'no-answer'
  readonly step: number
}

const pattern = /^step\s+(\d+)\s+gets\s+no\s+answer/i

/** `step 1 gets no answer` */
export const noAnswer: SymptomKind<NoAnswerSymptom> = {
  kind: 'no-answer',
  words: 'step N gets no answer',
  parse: (text) => {
    const match = pattern.exec(text)
    if (match === null) return undefined
    return { phrase: { kind: 'no-answer', step: Number(match[1]) }, length: match[0].length }
  },
  unmet: ({ step }, sight) => {
    if (sight.step === step && sight.failure !== undefined) return undefined
    const came = sight.status === undefined ? 'sent no request' : `answered ${sight.status}`
    return { expected: `step ${step} to get no answer`, actual: `step ${sight.step}: ${came}` }
  },
}
