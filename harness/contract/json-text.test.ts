import { expect, test } from 'vitest'
import { at, lineAndColumn, nodePointer, parsedJson, placeWithin, startOf } from './json-text.ts'

test.each([
  ['abc', 2, 1, 3],
  ['a\nbc', 3, 2, 2],
  ['a\r\nbc', 4, 2, 2],
  ['a\rbc', 3, 2, 2],
  ['\n\n', 2, 3, 1],
  ['a', 0, 1, 1],
])('%j at %i is line %i, column %i', (text, offset, line, column) => {
  expect(lineAndColumn(text, offset)).toEqual({ line, column })
})

test('a place in a part of a file counts on from where the part begins', () => {
  const origin = { file: 'a.json', line: 10, column: 5 }
  expect(placeWithin(origin, '{"a": 1}', 1)).toEqual({ file: 'a.json', line: 10, column: 6 })
  expect(placeWithin(origin, '{\n "a": 1}', 3)).toEqual({ file: 'a.json', line: 11, column: 2 })
})

test('a node knows its pointer, with what RFC 6901 escapes, and where its member begins', () => {
  const text = '{"a/b": [0, {"c~d": 1}]}'
  const node = at(parsedJson(text).root, 'a/b', 1, 'c~d')
  expect(node === undefined ? undefined : nodePointer(node)).toBe('/a~1b/1/c~0d')
  expect(node === undefined ? -1 : startOf(node)).toBe(text.indexOf('"c~d"'))
})

test.each([
  [['x'], undefined],
  [['a', 0], undefined],
  [['l', 5], undefined],
  [['l', 'length'], undefined],
  [['l', 1], 2],
])('%j leads to %s', (keys, value) => {
  expect(at(parsedJson('{"a": {}, "l": [1, 2]}').root, ...keys)?.value).toBe(value)
})

test('an empty text is no JSON', () => {
  expect(() => parsedJson('')).toThrow('an empty text is not JSON')
})
