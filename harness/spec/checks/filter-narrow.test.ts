import { expect, test } from 'vitest'
import { observedAs } from '../testing/observed.ts'
import { filterNarrow } from './filter-narrow.ts'

test.each([
  { statuses: [200, 200], facts: { query: 'a=1', wanted: 'a', found: 'b' }, isFound: true },
  { statuses: [200, 400], facts: { query: 'a=1' }, isFound: false },
])('$statuses with $facts is a finding: $isFound', ({ statuses, facts, isFound }) => {
  const parts = filterNarrow.check(observedAs('filter-narrow', statuses, facts))
  expect(parts !== null).toBe(isFound)
})
