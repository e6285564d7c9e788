import type { Span } from './comparison.ts'
import type { Sentence } from './prose.ts'
import { without } from './without.ts'
import { binding, defaultsIn } from './say-default.ts'

/** That a page says how much of something there may be. */
export interface SaidLimit extends Span {
  readonly name: string
  readonly nameAt: number
  readonly bound: 'maximum' | 'minimum'
  readonly value: number
  /** What is counted, where the page says it. */
  readonly counts?: 'text' | 'list'
}

const number = '(-?\\d(?:[\\d_,\\u00a0\\u202f]*\\d)?)'
const quoted = `\`?${number}\`?`
const up =
  '(?:at most|up to|no more than|not more than|limited to|(?:a )?maxim(?:um|al)(?: length| size)?(?: of| is|:)?|max\\.?(?: length)?:?|must not exceed|<=|≤)'
const down =
  '(?:at least|no less than|no fewer than|(?:a )?minim(?:um|al)(?: length)?(?: of| is|:)?|min\\.?:?|>=|≥)'
const phrases = [
  ['maximum', new RegExp(`${up}\\s*${quoted}`, 'gi')],
  ['minimum', new RegExp(`${down}\\s*${quoted}`, 'gi')],
  ['maximum', new RegExp(`(?:from|between)\\s+\`?-?\\d+\`?\\s+(?:to|and)\\s+${quoted}`, 'gi')],
  ['minimum', new RegExp(`(?:from|between)\\s+${quoted}(?=\\s+(?:to|and)\\s+\`?\\d)`, 'gi')],
] as const

const text = /^\s*(?:unicode )?(?:characters?|chars?|letters?|digits)\b/i
const list = /^\s*(?:items?|entries|entry|elements?)\b/i
/** Rates, times and sizes are no bounds of one value, and neither is what counts something else. */
const foreign =
  /^\s*(?:\/|%|times?\b|retries|tries|attempts?|ms\b|milliseconds?|s\b|seconds?|minutes?|hours?|days?|[kmg]i?b\b|bytes?\b|requests?|calls?|per\b|each\b|every\b|an?\b|\.\d)/i

/**
 * The limits that a sentence says of a parameter or a member: "`limit` is at most `100`", "`sku` (up to
 * 40 characters)". Only words that bind the two may stand between, or a default that was said too.
 *
 * @example
 * limitsIn(sentence) // [{ name: 'limit', bound: 'maximum', value: 100, … }]
 */
export const limitsIn = (sentence: Sentence): readonly SaidLimit[] => {
  if (
    /\b(?:never|not|no longer|was|were|until|used to|previously)\b(?! more than| exceed)/i.test(
      sentence.text,
    )
  )
    return []
  const passed: Span[] = [...defaultsIn(sentence)]
  const found: SaidLimit[] = []
  for (const [bound, phrase] of phrases)
    for (const match of sentence.text.matchAll(phrase)) {
      const from = sentence.from + match.index
      const to = from + match[0].length
      const behind = sentence.text.slice(match.index + match[0].length)
      const subject = sentence.codes.findLast(
        (code) => code.to <= from && /^[a-z]\w*(?:[.-]\w+)*$/.test(code.value),
      )
      if (subject === undefined || foreign.test(behind)) continue
      const gap = sentence.text.slice(subject.to - sentence.from, match.index)
      const between = without(gap, subject.to, passed)
      if (!binding.test(between)) continue
      const counts = text.test(behind) ? 'text' : list.test(behind) ? 'list' : undefined
      const value = Number((match[1] ?? '').replaceAll(/[^\d-]/g, ''))
      const span = {
        from,
        to: to + (counts === undefined ? 0 : (/^\s*\w+/.exec(behind)?.[0].length ?? 0)),
      }
      passed.push(span)
      found.push({
        ...span,
        name: subject.value,
        nameAt: subject.from,
        bound,
        value,
        ...(counts === undefined ? {} : { counts }),
      })
    }
  return found
}
