import { expect, test } from 'vitest'
import { parsedJson } from '../json-text.ts'
import { pathSteps } from './json-path.ts'
import { bodyRule, headerRule, statusRule } from './matching-rule.ts'

const response = (matchingRules: unknown) =>
  parsedJson(JSON.stringify({ status: 200, matchingRules })).root
const ruleOf = (rules: unknown, path: string) => {
  const rule = bodyRule(response(rules), pathSteps(path))
  return rule && `${rule.words} (${rule.path})`
}
const three = (matcher: unknown) => ({ body: { '$.a': { matchers: [matcher] } } })

test.each<[unknown, string]>([
  [{ match: 'type' }, 'any value of the same type'],
  [{ match: 'type', min: 1, max: 3 }, 'elements of the same type, at least 1 and at most 3'],
  [{ min: 2 }, 'elements of the same type, at least 2'],
  [{ match: 'regex', regex: '\\d+' }, 'a text matching /\\d+/'],
  [{ regex: 'a' }, 'a text matching /a/'],
  [{ match: 'integer' }, 'any integer'],
  [{ match: 'decimal' }, 'any number with decimals'],
  [{ match: 'equality' }, 'exactly this value'],
  [{ match: 'include', value: 'x' }, 'a text with "x" in it'],
  [{ match: 'date', format: 'yyyy-MM-dd' }, 'a date such as yyyy-MM-dd'],
  [
    { match: 'timestamp', timestamp: "yyyy-MM-dd'T'HH:mm" },
    "a timestamp such as yyyy-MM-dd'T'HH:mm",
  ],
  [{ match: 'datetime' }, 'a datetime'],
  [{ match: 'contentType', value: 'image/png' }, 'content of type image/png'],
  [{ match: 'brandNew' }, 'the matcher "brandNew"'],
])('%j reads as words in all versions', (matcher, words) => {
  expect(ruleOf(three(matcher), '$.a')).toBe(`${words} ($.a)`)
  expect(ruleOf({ '$.body.a': matcher }, '$.a')).toBe(`${words} ($.a)`)
})

test('several matchers are joined as the contract combines them', () => {
  const matchers = [{ match: 'integer' }, { match: 'null' }]
  expect(ruleOf({ body: { '$.a': { matchers } } }, '$.a')).toBe('any integer and null ($.a)')
  expect(ruleOf({ body: { '$.a': { matchers, combine: 'OR' } } }, '$.a')).toBe(
    'any integer or null ($.a)',
  )
})

test('the longest rule that speaks of a path is its own, then the one with fewest wildcards', () => {
  const rules = {
    body: {
      $: { matchers: [{ match: 'type' }] },
      '$.l[*].id': { matchers: [{ match: 'integer' }] },
      '$.l[0].id': { matchers: [{ match: 'decimal' }] },
    },
  }
  expect(ruleOf(rules, '$.l[1].id')).toBe('any integer ($.l[*].id)')
  expect(ruleOf(rules, '$.l[0].id')).toBe('any number with decimals ($.l[0].id)')
  expect(ruleOf(rules, '$.other')).toBe('any value of the same type ($)')
  expect(ruleOf({}, '$.a')).toBeUndefined()
})

test.each([
  [{ header: { 'x-a': { matchers: [{ match: 'regex', regex: 'q' }] } } }],
  [{ '$.headers.X-A': { match: 'regex', regex: 'q' } }],
  [{ "$.header['X-A'][0]": { match: 'regex', regex: 'q' } }],
])('a header has the rule of %j', (rules) => {
  expect(headerRule(response(rules), 'X-A')?.words).toBe('a text matching /q/')
  expect(headerRule(response(rules), 'X-B')).toBeUndefined()
})

test('a status has a rule in version 4', () => {
  const status = { matchers: [{ match: 'statusCode', status: 'success' }] }
  expect(statusRule(response({ status }))?.words).toBe('a status of the kind success')
  expect(statusRule(response({}))).toBeUndefined()
})
