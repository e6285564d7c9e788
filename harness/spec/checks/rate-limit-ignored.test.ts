import { expect, test } from 'vitest'
import { observedAs } from '../testing/observed.ts'
import { rateLimitIgnored } from './rate-limit-ignored.ts'

const facts = { count: 5, asked: 6, words: 'w', isInTime: true }

test.each([
  { statuses: [200], facts, isFound: true },
  { statuses: [429], facts, isFound: false },
  { statuses: [429], facts: { ...facts, asked: 3 }, isFound: false },
  { statuses: [200], facts: { ...facts, isInTime: false }, isFound: false },
  // It is another fault.
  { statuses: [503], facts, isFound: false },
])('$statuses with $facts is a finding: $isFound', ({ statuses, facts: own, isFound }) => {
  const parts = rateLimitIgnored.check(observedAs('rate-limit-ignored', statuses, own))
  expect(parts !== null).toBe(isFound)
})
