import { UserError } from '../model/user-error.ts'
import type { Rate } from '../testbed/visit/turnstile.ts'

const units = { s: 1000, m: 60_000, h: 3_600_000 } as const

/**
 * A rate as it is written: `5/s`, `100/m`.
 *
 * Throws a `UserError` for anything else.
 */
export const rateOf = (text: string): Rate => {
  const match = /^(\d{1,6}(?:\.\d+)?)\s*\/\s*(s|m|h)$/.exec(text.trim())
  const requests = Number(match?.[1])
  if (match !== null && requests > 0)
    return { requests, milliseconds: units[match[2] as keyof typeof units] }
  throw new UserError({
    problem: `--rate ${text} cannot be read`,
    expected: 'requests in a second, a minute or an hour',
    fix: '--rate 5/s',
  })
}
