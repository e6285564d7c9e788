import { expect, test } from 'vitest'
import { observedAs } from '../testing/observed.ts'
import { conflictUnfounded } from './conflict-unfounded.ts'

test.each([
  { statuses: [201, 201, 409], isFound: true },
  { statuses: [201, 201, 201], isFound: false },
  { statuses: [201, 409, 409], isFound: false },
  // Another rule than that of ranges.
  { statuses: [201, 201, 422], isFound: false },
])('$statuses is a finding: $isFound', ({ statuses, isFound }) => {
  const facts = { how: 'begins when it ends', words: 'w' }
  const parts = conflictUnfounded.check(observedAs('conflict-unfounded', statuses, facts))
  expect(parts !== null).toBe(isFound)
})
