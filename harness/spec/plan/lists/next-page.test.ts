import { expect, test } from 'vitest'
import type { HeaderFields } from '../../../model/http.ts'
import type { JsonValue } from '../../json.ts'
import type { Parameter } from '../../types.ts'
import { followed } from './next-page.ts'
import type { View } from './view.ts'

const seen = (body: JsonValue, headers: HeaderFields = []): View => ({
  exchange: {
    request: { method: 'GET', url: 'http://x/', headers: [] },
    answer: { status: 200, headers, body: new Uint8Array() },
    milliseconds: 1,
  } as unknown as View['exchange'],
  body,
  items: [{ id: 7, value: { id: 7 } }],
})

const by = (name: string): Parameter => ({ name }) as Parameter

test.each<readonly [string, string, JsonValue, string | null | undefined]>([
  ['a member', 'cursor', { next_cursor: 'c2' }, 'c2'],
  ['a member inside', 'cursor', { meta: { nextCursor: 'c2' } }, 'c2'],
  ['a link', 'PageToken', { next_page_uri: '/x?PageSize=2&PageToken=t%202' }, 't 2'],
  ['a link far inside', 'page_token', { links: { pages: { next: '/x?page_token=a' } } }, 'a'],
  ['a link of OData', '$skiptoken', { '@odata.nextLink': 'http://x/?$skiptoken=9' }, '9'],
  ['the last thing shown', 'starting_after', { has_more: true }, '7'],
  ['an end', 'starting_after', { has_more: false }, null],
  ['an end that is null', 'cursor', { next: null }, null],
  ['a link by another way', 'cursor', { next: '/x?page=2' }, undefined],
  ['nothing', 'cursor', { items: [] }, undefined],
])('%s says how to go on by %s', (_, name, body, expected) => {
  expect(followed(seen(body), by(name))).toBe(expected)
})

test('the header Link says it too', () => {
  const link = '<http://x/?cursor=a>; rel="prev", <http://x/?cursor=b>; rel="next"'
  expect(followed(seen([], [['link', link]]), by('cursor'))).toBe('b')
  expect(followed(seen([], [['link', '<http://x/>; rel="prev"']]), by('cursor'))).toBe(null)
})
