import { expect, test } from 'vitest'
import { requestOf } from './request.ts'

const url = 'http://127.0.0.1:4000'
const of = (request: unknown, wrapped = false) => {
  const { body, ...rest } = requestOf(JSON.stringify({ request }), wrapped, url)
  return { ...rest, body: body === undefined ? undefined : Buffer.from(body).toString('latin1') }
}

test.each<[string, unknown, boolean, unknown]>([
  ['nothing but a path', { path: '/a' }, false, { method: 'GET', url: `${url}/a`, headers: [] }],
  ['a query text', { path: '/a', query: 'b=1&c=%20' }, false, { url: `${url}/a?b=1&c=%20` }],
  ['an empty query', { path: '/a', query: '' }, false, { url: `${url}/a` }],
  [
    'a query of lists',
    { path: '/a', query: { b: ['1', 'x y'] } },
    false,
    { url: `${url}/a?b=1&b=x%20y` },
  ],
  [
    'repeated headers',
    { headers: { A: ['1', '2'], B: '3' } },
    true,
    {
      headers: [
        ['A', '1'],
        ['A', '2'],
        ['B', '3'],
      ],
    },
  ],
  ['a JSON body', { method: 'post', body: { a: 1 } }, false, { method: 'POST', body: '{"a":1}' }],
  ['a text', { body: 'abc' }, false, { body: 'abc' }],
  ['null', { body: null }, false, { body: undefined }],
  ['a wrapped body', { body: { content: { a: 1 } } }, true, { body: '{"a":1}' }],
  ['a wrapped text', { body: { content: 'abc', encoded: false } }, true, { body: 'abc' }],
  ['a wrapped JSON text', { body: { content: 'abc', encoded: 'json' } }, true, { body: '"abc"' }],
  ['base64', { body: { content: 'AP8=', encoded: 'base64' } }, true, { body: '\u0000\u00FF' }],
])('%s', (_, request, wrapped, expected) => {
  expect(of(request, wrapped)).toMatchObject(expected as object)
})

test('a body keeps the form in which the consumer wrote it', () => {
  const { body } = requestOf('{"request": {"body": {"a": 1.0}}}', false, url)
  expect(new TextDecoder().decode(body)).toBe('{"a": 1.0}')
})
