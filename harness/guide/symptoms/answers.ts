import type { SymptomKind } from './symptom-kind.ts'

/** The step's last answer has this status. */
export interface AnswersSymptom {
  readonly kind: 'answers'
  readonly step: number
  readonly status: number
}

const pattern = /^step\s+(\d+)\s+answers\s+`([1-5]\d\d)`/i

/** ``step 1 answers `504` `` */
export const answers: SymptomKind<AnswersSymptom> = {
  kind: 'answers',
  words: 'step N answers `504`',
  parse: (text) => {
    const match = pattern.exec(text)
    if (match === null) return undefined
    const phrase = { kind: 'answers', step: Number(match[1]), status: Number(match[2]) } as const
    return { phrase, length: match[0].length }
  },
  unmet: ({ step, status }, sight) => {
    if (sight.step === step && sight.status === status) return undefined
    const came =
      sight.status === undefined ? (sight.failure ?? 'sent no request') : `answered ${sight.status}`
    return { expected: `step ${step} answers ${status}`, actual: `step ${sight.step}: ${came}` }
  },
}
