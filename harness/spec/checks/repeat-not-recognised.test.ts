import { expect, test } from 'vitest'
import { observedAs } from '../testing/observed.ts'
import { repeatNotRecognised } from './repeat-not-recognised.ts'

test.each([
  {
    statuses: [201, 201],
    facts: { header: 'Idempotency-Key', isSameAnswer: false },
    isFound: true,
  },
  { statuses: [201, 201], facts: { isSameAnswer: true }, isFound: false },
  { statuses: [201, 409], facts: { isSameAnswer: false }, isFound: false },
])('$statuses with $facts is a finding: $isFound', ({ statuses, facts, isFound }) => {
  const parts = repeatNotRecognised.check(observedAs('repeat-not-recognised', statuses, facts))
  expect(parts !== null).toBe(isFound)
})
