import { expect, test } from 'vitest'
import { observedAs } from '../testing/observed.ts'
import { filterIgnored } from './filter-ignored.ts'

test.each([
  { statuses: [200, 200], facts: { query: 'a=1', wanted: 'a', found: 'b' }, isFound: true },
  { statuses: [200, 400], facts: { query: 'a=1' }, isFound: false },
])('$statuses with $facts is a finding: $isFound', ({ statuses, facts, isFound }) => {
  const parts = filterIgnored.check(observedAs('filter-ignored', statuses, facts))
  expect(parts !== null).toBe(isFound)
})
