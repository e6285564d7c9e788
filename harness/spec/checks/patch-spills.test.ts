import { expect, test } from 'vitest'
import { observedAs } from '../testing/observed.ts'
import { patchSpills } from './patch-spills.ts'

test.each([
  {
    statuses: [200, 200, 200],
    facts: { name: 'note', named: 'pages', written: 'a' },
    isFound: true,
  },
  { statuses: [200, 409, 200], facts: { name: 'note', named: 'pages' }, isFound: false },
])('$statuses with $facts is a finding: $isFound', ({ statuses, facts, isFound }) => {
  const parts = patchSpills.check(observedAs('patch-spills', statuses, facts))
  expect(parts !== null).toBe(isFound)
})
