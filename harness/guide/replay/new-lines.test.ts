import { expect, test } from 'vitest'
import { newLines } from './new-lines.ts'

test.each([
  ['nothing before', [], ['a'], ['a']],
  ['nothing new', ['a', 'b'], ['a', 'b'], []],
  ['one more', ['a', 'b'], ['a', 'b', 'c'], ['c']],
  ['the oldest are gone', ['a', 'b', 'c', 'd'], ['c', 'd', 'e', 'f'], ['c', 'd', 'e', 'f']],
  ['the oldest are gone, enough are left', ['a', 'b', 'c', 'd'], ['b', 'c', 'd', 'e'], ['e']],
  ['everything is gone', ['a', 'b'], ['x', 'y'], ['x', 'y']],
  ['the same line again', ['ok', 'ok'], ['ok', 'ok', 'ok'], ['ok']],
])('%s', (_, before, now, expected) => {
  expect(newLines(before, now)).toEqual(expected)
})
