import { expect, test } from 'vitest'
import { segmentIn } from './left-segment.ts'

test.each([
  ['a note in full', '4711\n/data\n179\n5433\n\n127.0.0.1\n     47146        49\nready   \n', '49'],
  ['a note that was cut', '4711\n/data\n179\n', undefined],
  ['a server without such memory', '4711\n/data\n179\n5433\n\n127.0.0.1\n\nready\n', undefined],
  ['nothing', '', undefined],
])('%s', (_, note, segment) => {
  expect(segmentIn(note)).toBe(segment)
})
