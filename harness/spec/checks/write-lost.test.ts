import { expect, test } from 'vitest'
import { observedAs } from '../testing/observed.ts'
import { writeLost } from './write-lost.ts'

test.each([
  { statuses: [200, 200], facts: { at: '/note', written: 'a' }, isFound: true },
  { statuses: [200, 404], facts: { at: '/note', written: 'a' }, isFound: false },
])('$statuses with $facts is a finding: $isFound', ({ statuses, facts, isFound }) => {
  const parts = writeLost.check(observedAs('write-lost', statuses, facts))
  expect(parts !== null).toBe(isFound)
})
