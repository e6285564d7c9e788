import type { Ruling } from '../model/test-case.ts'

/** A person's word: who looked, when, and for how long that holds. */
export interface ByHand {
  /** What was looked at. */
  readonly what: string
  readonly owner: string
  /** `2026-11-03` */
  readonly date: string
  readonly againWithinDays: number
}

const start = /(?:^|:\s*)by hand:\s*/i
const signature =
  /^([\s\S]*?)\s*\(@([\w.-]+),\s*(\d{4}-\d\d-\d\d),\s*again within\s+(\d{1,4})\s+days?\)[\s.]*$/i
const millisecondsInDay = 24 * 60 * 60 * 1000

/** How a claim that only a person can check is written. */
export const byHandWords = 'by hand: … (@owner, 2026-11-03, again within 90 days)'

const isDate = (text: string): boolean => {
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

/**
 * Reads `by hand: … (@owner, 2026-11-03, again within 90 days)` at the start of a claim or behind its
 * label; `undefined` where it says nothing of the kind, `malformed` where it says it incompletely.
 *
 * @example
 * readByHand('by hand: both are on a dashboard (@ann, 2026-11-03, again within 90 days)')
 */
export const readByHand = (text: string): ByHand | 'malformed' | undefined => {
  const match = start.exec(text)
  if (match === null) return undefined
  const signed = signature.exec(text.slice(match.index + match[0].length))
  const [, what = '', owner = '', date = '', days = ''] = signed ?? []
  if (what === '' || !isDate(date)) return 'malformed'
  return { what, owner, date, againWithinDays: Number(days) }
}

const dayAfter = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * millisecondsInDay).toISOString().slice(0, 10)

/**
 * The verdict of a person's word on some day: `by-hand`, or `failed` where it has run out or was
 * given for a day that is still to come.
 *
 * @example
 * rulingByHand({ what: '…', owner: 'ann', date: '2026-11-03', againWithinDays: 90 }, '2027-02-02').verdict // 'failed'
 */
export const rulingByHand = ({ owner, date, againWithinDays }: ByHand, today: string): Ruling => {
  const due = dayAfter(date, againWithinDays)
  if (date > today)
    return {
      verdict: 'failed',
      reason: `@${owner} is said to have looked on ${date}, and today is ${today}.`,
      fix: 'write the day on which somebody looked',
    }
  if (due < today)
    return {
      verdict: 'failed',
      reason: `@${owner} looked on ${date}, and somebody was to look again by ${due}; today is ${today}.`,
      fix: 'look again, and write the new date',
    }
  return { verdict: 'by-hand', reason: `@${owner} looked on ${date}; again by ${due}.` }
}
