import { parseDuration } from '../config/duration.ts'
import { UserError } from '../model/user-error.ts'

/** How much the cases of specs may cost in a run. */
export type Budget =
  | {
      readonly requests: number
      /** Among how many documents they are shared; absent: among all that are found. */
      readonly specs?: number
    }
  | { readonly milliseconds: number }

/**
 * A budget as it is written: `500` requests, or `30s`.
 *
 * Throws a `UserError` for anything else.
 */
export const budgetOf = (text: string | undefined): Budget | undefined => {
  if (text === undefined || text === '') return undefined
  if (/^[1-9]\d{0,8}$/.test(text)) return { requests: Number(text) }
  const milliseconds = parseDuration(text)
  if (milliseconds !== undefined && milliseconds > 0) return { milliseconds }
  throw new UserError({
    problem: `the budget ${text} cannot be read`,
    expected: 'a number of requests, or a time: 500, 30s, 2m',
    fix: '--budget 30s',
  })
}

let firstAsked: number | undefined

/** Whether a time is over in this worker; it begins with the first request of its first spec. */
export const isTimeOver = (milliseconds: number): boolean => {
  firstAsked ??= performance.now()
  return performance.now() - firstAsked > milliseconds
}
