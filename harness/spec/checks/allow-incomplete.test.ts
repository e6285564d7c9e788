import { expect, test } from 'vitest'
import { observedAs } from '../testing/observed.ts'
import { allowIncomplete } from './allow-incomplete.ts'

test.each([
  { statuses: [405, 200], allow: 'GET, HEAD', isFound: true },
  { statuses: [204, 200], allow: '', isFound: true },
  { statuses: [204, 200], allow: 'get, put', isFound: false },
  { statuses: [204, 200], allow: '*', isFound: false },
  // It was right: the method is of no use there.
  { statuses: [405, 409], allow: 'GET', isFound: false },
])('$statuses with Allow "$allow" is a finding: $isFound', ({ statuses, allow, isFound }) => {
  const facts = { allow, asked: 'OPTIONS' }
  const parts = allowIncomplete.check(observedAs('allow-incomplete', statuses, facts))
  expect(parts !== null).toBe(isFound)
})
