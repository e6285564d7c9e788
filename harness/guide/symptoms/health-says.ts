import type { SymptomKind } from './symptom-kind.ts'

/** What the provider answers when it is asked how it is has this text in it. */
export interface HealthSymptom {
  readonly kind: 'health'
  readonly says: string
}

const pattern = /^(?:the\s+)?health\s+says\s+`([^`]+)`/i
const lengthShown = 200

/** ``health says `503` `` */
export const healthSays: SymptomKind<HealthSymptom> = {
  kind: 'health',
  words: 'health says `…`',
  parse: (text) => {
    const match = pattern.exec(text)
    if (match === null) return undefined
    return { phrase: { kind: 'health', says: match[1] ?? '' }, length: match[0].length }
  },
  unmet: ({ says }, { health }) =>
    health?.includes(says) === true
      ? undefined
      : {
          expected: `health with "${says}" in its status or body`,
          actual: health?.slice(0, lengthShown) ?? 'nothing',
        },
}
