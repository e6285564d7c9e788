import { expect, test } from 'vitest'
import { observedAs } from '../testing/observed.ts'
import { deletedStillThere } from './deleted-still-there.ts'

test.each([
  { statuses: [204, 200], facts: { how: 'read' }, isFound: true },
  { statuses: [204, 200], facts: { how: 'listed', count: 1 }, isFound: true },
  { statuses: [204, 404], facts: { how: 'read' }, isFound: false },
  { statuses: [204, 200], facts: { how: 'listed', count: 0 }, isFound: false },
  { statuses: [409, 200], facts: { how: 'read' }, isFound: false },
])('$statuses with $facts is a finding: $isFound', ({ statuses, facts, isFound }) => {
  const parts = deletedStillThere.check(observedAs('deleted-still-there', statuses, facts))
  expect(parts !== null).toBe(isFound)
})
