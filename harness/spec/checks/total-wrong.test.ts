import { expect, test } from 'vitest'
import { observedAs } from '../testing/observed.ts'
import { totalWrong } from './total-wrong.ts'

test.each([
  { statuses: [200, 200], facts: { where: 'total', total: 3, count: 4 }, isFound: true },
  { statuses: [200, 200], facts: { total: 4, count: 4 }, isFound: false },
])('$statuses with $facts is a finding: $isFound', ({ statuses, facts, isFound }) => {
  const parts = totalWrong.check(observedAs('total-wrong', statuses, facts))
  expect(parts !== null).toBe(isFound)
})
