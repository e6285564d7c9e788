import { expect, test } from 'vitest'
import { observedAs } from '../testing/observed.ts'
import { preconditionIgnored } from './precondition-ignored.ts'

test.each([
  { statuses: [200, 200], facts: { header: 'If-Match', wanted: 412 }, isFound: true },
  { statuses: [200, 412], facts: { header: 'If-Match' }, isFound: false },
  { statuses: [200, 304], facts: { header: 'If-None-Match' }, isFound: false },
])('$statuses with $facts is a finding: $isFound', ({ statuses, facts, isFound }) => {
  const parts = preconditionIgnored.check(observedAs('precondition-ignored', statuses, facts))
  expect(parts !== null).toBe(isFound)
})
