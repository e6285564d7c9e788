import { expect, test } from 'vitest'
import { observedAs } from '../testing/observed.ts'
import { deleteRepeats } from './delete-repeats.ts'

test.each([
  { statuses: [204, 200, 204, 200], facts: { before: 4, after: 3 }, isFound: true },
  { statuses: [204, 200, 404, 200], facts: { before: 4, after: 3 }, isFound: true },
  { statuses: [204, 200, 404, 200], facts: { before: 4, after: 4 }, isFound: false },
  { statuses: [204, 200, 204, 200], facts: { before: 4, after: 4 }, isFound: false },
  { statuses: [204, 200, 204, 429], facts: { before: 4, after: 0 }, isFound: false },
])('$statuses with $facts is a finding: $isFound', ({ statuses, facts, isFound }) => {
  const parts = deleteRepeats.check(observedAs('delete-repeats', statuses, facts))
  expect(parts !== null).toBe(isFound)
})
