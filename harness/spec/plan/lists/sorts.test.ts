import { expect, test } from 'vitest'
import { wordOf } from './sorts.ts'

test.each([
  ['price', 'price', false],
  ['-price', 'price', true],
  ['+price', 'price', false],
  ['price_desc', 'price', true],
  ['created_at:asc', 'createdat', false],
  ['startsAt desc', 'startsat', true],
])('%s asks for %s', (member, name, isDown) => {
  expect(wordOf(member)).toEqual({ name, isDown })
})
