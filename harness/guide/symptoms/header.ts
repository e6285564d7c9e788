import { headerOf } from '../../model/http.ts'
import { fitsText } from '../fences/hole.ts'
import type { SymptomKind } from './symptom-kind.ts'

/** The step's last answer has a header. */
export interface HeaderSymptom {
  readonly kind: 'header'
  readonly name: string
  /** With `{{any}}` where it may be anything. */
  readonly value: string
}

const pattern = /^(?:with\s+)?(?:the\s+)?header\s+`([!#$%&'*+.^_|~0-9A-Za-z-]+)\s*:\s*([^`]*)`/i

/** ``header `Retry-After: 1` `` */
export const header: SymptomKind<HeaderSymptom> = {
  kind: 'header',
  words: 'header `NAME: VALUE`',
  parse: (text) => {
    const match = pattern.exec(text)
    if (match === null) return undefined
    const phrase = {
      kind: 'header',
      name: match[1] ?? '',
      value: (match[2] ?? '').trim(),
    } as const
    return { phrase, length: match[0].length }
  },
  unmet: ({ name, value }, { headers }) => {
    const actual = headers === undefined ? undefined : headerOf(headers, name)
    if (actual !== undefined && fitsText(value, actual, new Map())) return undefined
    const came = actual === undefined ? `no ${name}` : `${name}: ${actual}`
    return {
      expected: `${name}: ${value}`,
      actual: headers === undefined ? 'no answer' : came,
    }
  },
}
