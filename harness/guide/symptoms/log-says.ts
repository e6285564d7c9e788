import type { SymptomKind } from './symptom-kind.ts'

/** A line of the provider's log since the fault was put has this text in it. */
export interface LogSymptom {
  readonly kind: 'log'
  readonly says: string
}

const pattern = /^the\s+log\s+says\s+`([^`]+)`/i
const linesShown = 5

/** ``the log says `payments unreachable` `` */
export const logSays: SymptomKind<LogSymptom> = {
  kind: 'log',
  words: 'the log says `…`',
  parse: (text) => {
    const match = pattern.exec(text)
    if (match === null) return undefined
    return { phrase: { kind: 'log', says: match[1] ?? '' }, length: match[0].length }
  },
  unmet: ({ says }, { log }) =>
    log.some((line) => line.includes(says))
      ? undefined
      : {
          expected: `a line of the log with "${says}"`,
          actual:
            log.length === 0
              ? 'no line since the fault'
              : `${log.length} lines since the fault, the last: ${log.slice(-linesShown).join(' ⏎ ')}`,
        },
}
