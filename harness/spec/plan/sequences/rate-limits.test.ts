import { expect, test } from 'vitest'
import { limitIn } from './rate-limits.ts'

test.each([
  ['At most 10 requests per minute.', 10],
  ['There are limits. 5 calls an hour are allowed, then the answer is 429.', 5],
  ['There are limits. 5 calls an hour, then the answer is 429.', 5],
  ['20 requests/minute', 20],
  ['100 requests per second.', undefined],
  ['At most 5,020 requests per hour.', undefined],
  ['5 failed requests per minute.', undefined],
  ['Too many requests.', undefined],
])('%s: %s', (text, count) => {
  expect(limitIn(text)?.count).toBe(count)
})
