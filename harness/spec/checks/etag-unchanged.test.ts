import { expect, test } from 'vitest'
import { observedAs } from '../testing/observed.ts'
import { etagUnchanged } from './etag-unchanged.ts'

test.each([
  { statuses: [200, 200, 200], facts: { stale: 'a', fresh: 'a', isChanged: true }, isFound: true },
  {
    statuses: [200, 200, 200],
    facts: { stale: 'a', fresh: 'a', isChanged: false },
    isFound: false,
  },
  { statuses: [200, 200, 200], facts: { stale: 'a', fresh: 'b', isChanged: true }, isFound: false },
])('$statuses with $facts is a finding: $isFound', ({ statuses, facts, isFound }) => {
  const parts = etagUnchanged.check(observedAs('etag-unchanged', statuses, facts))
  expect(parts !== null).toBe(isFound)
})
