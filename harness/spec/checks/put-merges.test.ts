import { expect, test } from 'vitest'
import { observedAs } from '../testing/observed.ts'
import { putMerges } from './put-merges.ts'

test.each([
  { statuses: [200, 200, 200], facts: { name: 'note', value: 'a' }, isFound: true },
  { statuses: [200, 400, 200], facts: { name: 'note' }, isFound: false },
])('$statuses with $facts is a finding: $isFound', ({ statuses, facts, isFound }) => {
  const parts = putMerges.check(observedAs('put-merges', statuses, facts))
  expect(parts !== null).toBe(isFound)
})
