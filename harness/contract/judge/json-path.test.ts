import { expect, test } from 'vitest'
import { covers, formatPath, pathSteps } from './json-path.ts'

test.each([
  ['$', []],
  ['$.a', ['a']],
  ['$.a.b[2].c', ['a', 'b', 2, 'c']],
  ['$[0]', [0]],
  ["$['odd key'].a", ['odd key', 'a']],
  ["$.a['@b']", ['a', '@b']],
  ['$.l[*].id', ['l', '*', 'id']],
  ['$.l.*', ['l', '*']],
  ['/', []],
  ['$.a[', ['a']],
])('%s', (path, steps) => {
  expect(pathSteps(path)).toEqual(steps)
})

test('paths are written as Pact writes them', () => {
  expect(formatPath(['a', 0, 'odd key', 'b_c'])).toBe("$.a[0]['odd key'].b_c")
})

test.each<[string, string, boolean]>([
  ['$', '$.a', true],
  ['$.a', '$.a', true],
  ['$.l[*].id', '$.l[3].id', true],
  ['$.l[0]', '$.l[0].id', true],
  ['$.a.b', '$.a', false],
  ['$.b', '$.a', false],
])('a rule at %s covers %s: %s', (rule, path, expected) => {
  expect(covers(pathSteps(rule), pathSteps(path))).toBe(expected)
})
