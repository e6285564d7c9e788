import { parseDuration } from '../../config/duration.ts'
import type { SymptomKind } from './symptom-kind.ts'

/** The step's last answer comes within a time. */
export interface WithinSymptom {
  readonly kind: 'within'
  readonly milliseconds: number
}

const pattern = /^within\s+`([^`]+)`/i

/** ``within `3 s` `` */
export const within: SymptomKind<WithinSymptom> = {
  kind: 'within',
  words: 'within `3 s`',
  parse: (text) => {
    const match = pattern.exec(text)
    const milliseconds = match === null ? undefined : parseDuration(match[1] ?? '')
    if (match === null || milliseconds === undefined) return undefined
    return { phrase: { kind: 'within', milliseconds }, length: match[0].length }
  },
  unmet: ({ milliseconds }, sight) =>
    sight.status !== undefined && sight.milliseconds <= milliseconds
      ? undefined
      : {
          expected: `an answer within ${milliseconds} ms`,
          actual:
            sight.status === undefined
              ? (sight.failure ?? 'no answer')
              : `the answer after ${Math.round(sight.milliseconds)} ms`,
        },
}
