import { expect, test } from 'vitest'
import { observedAs } from '../testing/observed.ts'
import { conflictAccepted } from './conflict-accepted.ts'

test.each([
  { statuses: [201, 201], facts: { words: 'w', state: 's' }, isFound: true },
  { statuses: [201, 409], facts: {}, isFound: false },
  { statuses: [201, 422], facts: {}, isFound: false },
])('$statuses with $facts is a finding: $isFound', ({ statuses, facts, isFound }) => {
  const parts = conflictAccepted.check(observedAs('conflict-accepted', statuses, facts))
  expect(parts !== null).toBe(isFound)
})
