import { expect, test } from 'vitest'
import { observedAs } from '../testing/observed.ts'
import { createdUnlisted } from './created-unlisted.ts'

test.each([
  { statuses: [201, 200], facts: { count: 0 }, isFound: true },
  { statuses: [201, 200], facts: { count: 1 }, isFound: false },
  { statuses: [201, 403], facts: { count: 0 }, isFound: false },
])('$statuses with $facts is a finding: $isFound', ({ statuses, facts, isFound }) => {
  const parts = createdUnlisted.check(observedAs('created-unlisted', statuses, facts))
  expect(parts !== null).toBe(isFound)
})
