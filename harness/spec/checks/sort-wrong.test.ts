import { expect, test } from 'vitest'
import { observedAs } from '../testing/observed.ts'
import { sortWrong } from './sort-wrong.ts'

test.each([
  {
    statuses: [200],
    facts: { query: 'sort=a', property: 'a', first: 1, second: 2 },
    isFound: true,
  },
  { statuses: [400], facts: {}, isFound: false },
])('$statuses with $facts is a finding: $isFound', ({ statuses, facts, isFound }) => {
  const parts = sortWrong.check(observedAs('sort-wrong', statuses, facts))
  expect(parts !== null).toBe(isFound)
})
