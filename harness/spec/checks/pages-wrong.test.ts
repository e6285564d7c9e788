import { expect, test } from 'vitest'
import { observedAs } from '../testing/observed.ts'
import { pagesWrong } from './pages-wrong.ts'

test.each([
  {
    statuses: [200, 200],
    facts: { parameter: 'p', what: 'x', wanted: 'a', came: 'b' },
    isFound: true,
  },
  { statuses: [200, 500], facts: {}, isFound: false },
])('$statuses with $facts is a finding: $isFound', ({ statuses, facts, isFound }) => {
  const parts = pagesWrong.check(observedAs('pages-wrong', statuses, facts))
  expect(parts !== null).toBe(isFound)
})
