import { expect, test } from 'vitest'
import { locationSegments } from './location.ts'

const value = {
  request: { query: { limit: ['1'] } },
  response: { body: { items: [{ 'a.b': 1, a: { b: 2 } }], '': 0 } },
}

test.each([
  ['[root]', []],
  ['[root].request.query.limit', ['request', 'query', 'limit']],
  ['[root].response.body.items.0.a.b', ['response', 'body', 'items', '0', 'a.b']],
  ['[root].response.body.items[0].a', ['response', 'body', 'items', '0', 'a']],
  ['[root].response.body.missing.b', ['response', 'body']],
  ['[root].response.body.items.x', ['response', 'body', 'items']],
])('%s', (location, segments) => {
  expect(locationSegments(value, location)).toEqual(segments)
})
