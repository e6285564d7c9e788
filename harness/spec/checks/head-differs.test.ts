import { expect, test } from 'vitest'
import { observedAs } from '../testing/observed.ts'
import { headDiffers } from './head-differs.ts'

test.each([
  { statuses: [200, 404, 200], facts: {}, isFound: true },
  { statuses: [200, 200, 200], facts: {}, isFound: false },
  { statuses: [200, 405, 200], facts: {}, isFound: false },
  { statuses: [404, 200, 200], facts: {}, isFound: false },
])('$statuses with $facts is a finding: $isFound', ({ statuses, facts, isFound }) => {
  const parts = headDiffers.check(observedAs('head-differs', statuses, facts))
  expect(parts !== null).toBe(isFound)
})
