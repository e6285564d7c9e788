import { expect, test } from 'vitest'
import { observedAs } from '../testing/observed.ts'
import { putAdds } from './put-adds.ts'

test.each([
  { statuses: [200, 201], facts: {}, isFound: true },
  { statuses: [200, 200], facts: { before: 1, after: 2 }, isFound: true },
  { statuses: [200, 200], facts: { count: 2 }, isFound: true },
  { statuses: [201, 200], facts: { before: 1, after: 1, count: 1 }, isFound: false },
  { statuses: [200, 412], facts: { before: 1, after: 2 }, isFound: false },
])('$statuses with $facts is a finding: $isFound', ({ statuses, facts, isFound }) => {
  const parts = putAdds.check(observedAs('put-adds', statuses, facts))
  expect(parts !== null).toBe(isFound)
})
