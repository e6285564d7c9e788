import { expect, test } from 'vitest'
import { observedAs } from '../testing/observed.ts'
import { locationWrong } from './location-wrong.ts'

test.each([
  { statuses: [201, 404], facts: { location: '/b/1' }, isFound: true },
  { statuses: [201, 200], facts: { isOther: true }, isFound: true },
  { statuses: [201, 200], facts: { isOther: false }, isFound: false },
  { statuses: [201, 403], facts: {}, isFound: false },
  { statuses: [409, 404], facts: {}, isFound: false },
])('$statuses with $facts is a finding: $isFound', ({ statuses, facts, isFound }) => {
  const parts = locationWrong.check(observedAs('location-wrong', statuses, facts))
  expect(parts !== null).toBe(isFound)
})
