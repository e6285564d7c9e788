import { expect, test } from 'vitest'
import { rateOf } from './rate-option.ts'

test.each([
  ['5/s', { requests: 5, milliseconds: 1000 }],
  ['0.5/s', { requests: 0.5, milliseconds: 1000 }],
  ['100 / m', { requests: 100, milliseconds: 60_000 }],
])('%s is read', (text, rate) => {
  expect(rateOf(text)).toEqual(rate)
})

test.each(['5', '0/s', '5/d', '-1/s', 'fast'])('%s is refused in words', (text) => {
  expect(() => rateOf(text)).toThrow(`--rate ${text} cannot be read`)
})
