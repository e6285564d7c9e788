import { describe, expect, test } from 'vitest'
import type { Credential } from '../../model/credential.ts'
import { rewriteCredential } from './rewrite-credential.ts'

type Part = Credential['fields'][number]['in']

const credential = (part: Part, name: string, value = 'new'): Credential => ({
  name: 'admin',
  fields: [{ in: part, name, value }],
})

const rewritten = (request: unknown, given: Credential) => {
  const { source, replaced } = rewriteCredential(JSON.stringify({ request }), given)
  return { request: (JSON.parse(source) as { request: unknown }).request, replaced }
}

const token = credential('header', 'Authorization', 'Bearer new')
const key = credential('query', 'api_key', 'n w')
const session = credential('cookie', 'session')
const matchers = { matchers: [{ match: 'regex', regex: 'x' }] }

describe('what the consumer sent is replaced', () => {
  test.each<[string, unknown, Credential, unknown]>([
    [
      'a header',
      { headers: { Authorization: 'old' } },
      token,
      { headers: { Authorization: 'Bearer new' } },
    ],
    [
      'a header in other letters',
      { headers: { authorization: 'old' } },
      token,
      { headers: { authorization: 'Bearer new' } },
    ],
    [
      'a header of version 4',
      { headers: { Authorization: ['a', 'b'] } },
      token,
      { headers: { Authorization: ['Bearer new'] } },
    ],
    ['a query text', { query: 'a=1&api_key=old&b=%20' }, key, { query: 'a=1&api_key=n%20w&b=%20' }],
    [
      'a repeated query parameter',
      { query: 'api_key=1&api_key=2&b=2' },
      key,
      { query: 'api_key=n%20w&b=2' },
    ],
    [
      'a query of lists',
      { query: { a: ['1'], api_key: ['old'] } },
      key,
      { query: { a: ['1'], api_key: ['n w'] } },
    ],
    ['a query of texts', { query: { api_key: 'old' } }, key, { query: { api_key: 'n w' } }],
    [
      'a cookie among others',
      { headers: { Cookie: 'a=1; session=old; b=2' } },
      session,
      { headers: { Cookie: 'a=1; session=new; b=2' } },
    ],
    [
      'a cookie of version 4',
      { headers: { cookie: ['a=1', 'session=old'] } },
      session,
      { headers: { cookie: ['a=1; session=new'] } },
    ],
  ])('%s', (_, before, given, after) => {
    const result = rewritten(before, given)
    expect(result.request).toEqual(after)
    expect(result.replaced).toHaveLength(1)
  })
})

describe('what the consumer did not send is never added', () => {
  test.each<[unknown, Credential]>([
    [{}, token],
    [{ headers: {} }, token],
    [{ headers: { 'X-Other': 'old' } }, token],
    [{ query: 'a=1' }, key],
    [{ query: '' }, key],
    [{ query: { a: ['1'] } }, key],
    [{ headers: { Cookie: 'xsession=old' } }, session],
    [{ headers: { Accept: '*/*' } }, session],
  ])('%j', (request, given) => {
    expect(rewritten(request, given)).toEqual({ request, replaced: [] })
  })
})

describe('rules and generators of what was replaced go, and no others', () => {
  const other = { match: 'type' }
  test.each<[string, Record<string, unknown>, Credential, unknown]>([
    [
      'version 2, a header',
      {
        matchingRules: {
          '$.headers.Authorization': other,
          '$.headers.Accept': other,
          '$.body.Authorization': other,
        },
      },
      token,
      { matchingRules: { '$.headers.Accept': other, '$.body.Authorization': other } },
    ],
    [
      'version 2, in brackets',
      { matchingRules: { "$.header['authorization']": other } },
      token,
      { matchingRules: {} },
    ],
    [
      'version 2, a query',
      { matchingRules: { '$.query.api_key[0]': other, '$.query.a': other } },
      key,
      { matchingRules: { '$.query.a': other } },
    ],
    [
      'version 3',
      {
        matchingRules: { header: { authorization: matchers, Accept: matchers }, path: matchers },
        generators: {
          header: { Authorization: { type: 'ProviderState' } },
          path: { type: 'Uuid' },
        },
      },
      token,
      {
        matchingRules: { header: { Accept: matchers }, path: matchers },
        generators: { header: {}, path: { type: 'Uuid' } },
      },
    ],
    [
      'version 3, a query',
      {
        matchingRules: { query: { api_key: matchers, a: matchers } },
        generators: { query: { api_key: { type: 'Uuid' } } },
      },
      key,
      { matchingRules: { query: { a: matchers } }, generators: { query: {} } },
    ],
    [
      'version 3, a cookie',
      { matchingRules: { header: { Cookie: matchers } } },
      session,
      { matchingRules: { header: {} } },
    ],
  ])('%s', (_, rules, given, after) => {
    const sent = {
      headers: { Authorization: 'old', Cookie: 'session=old' },
      query: { api_key: ['old'] },
    }
    const { request } = rewritten({ ...sent, ...rules }, given)
    const { headers: _headers, query: _query, ...rest } = request as Record<string, unknown>
    expect(rest).toEqual(after)
  })

  test('rules of a header that is not sent stay', () => {
    const request = { matchingRules: { header: { Authorization: matchers } } }
    expect(rewritten(request, token)).toEqual({ request, replaced: [] })
  })
})

test('the rest of the text stays as it stands', () => {
  const source =
    '{ "request": { "headers": { "Authorization": "old" },\n  "body": [1.0, 12345678901234567890] } }'
  expect(rewriteCredential(source, token)).toEqual({
    source: source.replace('old', 'Bearer new'),
    replaced: ['header Authorization'],
  })
})

test('a malformed percent sign in another parameter is no reason to stop', () => {
  expect(rewritten({ query: '%=1&api_key=old' }, key).request).toEqual({
    query: '%=1&api_key=n%20w',
  })
})
