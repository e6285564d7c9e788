import type { Sentence } from './prose.ts'
import type { Span } from './comparison.ts'
import { saysValue, valueOf, valuePattern } from './value.ts'

/** That a page says what something is where nobody sets it. */
export interface SaidDefault extends Span {
  /** A setting or a parameter. */
  readonly name: string
  readonly nameAt: number
  readonly value: string
}

const V = valuePattern
const again = V.replaceAll('?<', '?<x')
const unset =
  '(?:unless\\s+(?:it\\s+is\\s+)?(?:otherwise\\s+)?(?:set|given|configured|specified|overridden)|(?:if|when|where)\\s+(?:it\\s+is\\s+)?(?:unset|omitted|absent|left\\s+out|not\\s+(?:set|given|configured|specified)))'

/** How pages say defaults. Each has a value; what it is of stands before it, or right behind. */
const phrases: readonly RegExp[] = [
  `\\bdefaults?\\s+(?:to|is)\\s+${V}`,
  `\\bdefault(?:\\s+value)?\\s*(?:is|:|=|of)\\s*${V}`,
  `[(,:;–—-]\\s*defaults?\\s+${V}`,
  `\\bby\\s+default,?\\s+(?:(?:it|this)\\s+)?is\\s+${V}`,
  `${V}(?:\\s+[a-z]+){0,2}?,?\\s+(?:by\\s+default\\b|\\(default\\)|${unset})`,
  `\\b${unset},?\\s+(?:(?:it|this)\\s+)?(?:is\\s+|defaults\\s+to\\s+)?${again}`,
].map((source) => new RegExp(source, 'gi'))

/** Whoever says where, when or what not, speaks of more than one default. */
const qualified =
  /\b(?:in|for|on|under|with)\s+(?:the\s+)?(?:production|prod|staging|tests?|development|dev|local|ci|docker|kubernetes|k8s|windows|linux|macos)\b|\blocally\b|\b(?:was|were|used to|formerly|previously|until|since|prior|deprecated|instead|recommend(?:ed|s)?|suggest(?:ed)?|not|never|no longer|cannot)\b(?!\s+(?:set|given|configured|specified)\b)|n['’]t\b|\be\.g\.|\bfor example\b|\bversions?\b/i

/** Whether words speak of one environment, of the past, of an example, or of what is not. */
export const speaksOfOne = (words: string): boolean => qualified.test(words)

/** What may stand between a parameter and what is said of it. */
export const binding =
  /^[`*_\s(),:–—-]*(?:(?:is|are|must|may|can|be|has|have|takes?|an?|the|and|its|optional|required|integer|number|string|which|that|query|parameter|field)\b[`*_\s(),:–—-]*)*$/i

const nameOf = (value: string): string | undefined => /^([A-Za-z][\w.-]*)(?:=.*)?$/.exec(value)?.[1]

const settingName = /^[A-Z][A-Z0-9_]*$/
/** Behind these words something else may be spoken of. */
const turns = /\b(?:which|that|where|whose|who|and|or|but|with|while|than|of)\b/i
const gapMax = 100

/** Whether what is said behind some words must be about the name before them. */
const binds = (name: string, gap: string): boolean =>
  binding.test(gap) || (settingName.test(name) && gap.length <= gapMax && !turns.test(gap))

/**
 * The defaults that a sentence says: "`NAME` (default `X`)", "`NAME` defaults to X", "X unless set",
 * "X by default". The name is the last that stands before; sentences that speak of one environment, of
 * the past or of what is not are left alone.
 *
 * @example
 * defaultsIn(sentence) // [{ name: 'RATE_LIMIT', value: '6000', … }]
 */
export const defaultsIn = (sentence: Sentence): readonly SaidDefault[] => {
  if (speaksOfOne(sentence.text.replaceAll(/`[^`]*`/g, '``'))) return []
  const found: SaidDefault[] = []
  for (const phrase of phrases)
    for (const match of sentence.text.matchAll(phrase)) {
      const groups = Object.fromEntries(
        Object.entries(match.groups ?? {}).map(([key, value]) => [key.replace(/^x/, ''), value]),
      )
      const value = valueOf(groups)
      const span = {
        from: sentence.from + match.index,
        to: sentence.from + match.index + match[0].length,
      }
      const subject = sentence.codes.findLast(
        ({ to, value: code }) => to <= span.from && nameOf(code) !== undefined,
      )
      const overlaps = found.some((one) => span.from < one.to && one.from < span.to)
      if (subject === undefined || overlaps || !saysValue(value)) continue
      const name = nameOf(subject.value) ?? ''
      const gap = sentence.text.slice(subject.to - sentence.from, match.index)
      if (/^[A-Z]+\s/.test(value) || !binds(name, gap)) continue
      found.push({ ...span, name, nameAt: subject.from, value })
    }
  return found
}
