import type { Place } from '../../model/place.ts'

/** What a page can be found to say wrongly of its system, by code. */
export const pageCodes = {
  'page-setting': 'the provider does not have the setting that the page names',
  'page-default': 'a default is another than the page says',
  'page-limit': 'a limit is another than the page says',
  'page-endpoint': 'the spec has no such endpoint as the page names',
  'page-status': 'the spec knows no such status as the page says',
  'page-address': 'a port or an address is another than the page says',
  'page-sample': 'a sample is no body of the operation that it is shown for',
  'page-link': 'a link of the page leads nowhere',
} as const

/** The code of something that a page says wrongly. */
export type PageCode = keyof typeof pageCodes

/** Where in the text of a page something is said, as indexes into it. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** Who is to be corrected where a page and something else differ. */
export type Wrong = 'page' | 'system' | 'either'

/**
 * Something that a page says, beside whatever else speaks of it: `agrees` where something that could
 * have said otherwise says the same, `differs` where one of the two must be wrong, `noted` where that
 * is for a person to say, `silent` where nothing else speaks of it.
 */
export interface Comparison {
  readonly code: PageCode
  readonly came: 'agrees' | 'differs' | 'noted' | 'silent'
  readonly span: Span
  readonly place: Place
  /** What it is about: `RATE_LIMIT`, `GET /orders`. */
  readonly subject: string
  /** A sentence without a full stop. */
  readonly problem: string
  /** What the page says. */
  readonly says: string
  /** What else is said, and where. */
  readonly others?: string
  readonly fix?: string
  readonly wrong: Wrong
}

const verdictWords: Readonly<Record<Wrong, string>> = {
  page: 'the page is wrong',
  system: 'the system is wrong',
  either: 'one of the two is wrong',
}

/** Who is wrong, in words. */
export const wrongWords = ({ wrong }: Pick<Comparison, 'wrong'>): string => verdictWords[wrong]
