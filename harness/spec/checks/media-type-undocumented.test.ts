import { expect, test } from 'vitest'
import { goodOrder, inJson, orderDocument } from '../testing/document.ts'
import { json } from '../testing/provider.ts'
import { prove } from '../testing/prove.ts'
import type { JsonObject } from '../json.ts'

const content = (type: string): JsonObject => ({
  description: 'd',
  content: { [type]: { schema: { type: 'object' } } },
})

test.each(['text/html', 'application/problem+json', 'application/vnd.orders+json', 'nonsense'])(
  '%s where the document says application/json is the only finding',
  async (type) => {
    const { codes } = await prove(orderDocument(), json(200, 'no order', { 'content-type': type }))
    expect(codes).toEqual(['media-type-undocumented'])
  },
)

test.each([
  ['application/json; charset=utf-8', 'application/json'],
  ['Application/JSON', 'application/json'],
  ['application/json', 'application/*'],
  ['application/vnd.orders+json; v=2', 'application/vnd.orders+json'],
  ['application/json; profile=a', 'application/json; profile=a'],
  ['application/json', '*/*'],
])('%s is %s', async (type, documented) => {
  const { codes } = await prove(
    orderDocument({ '200': content(documented) }),
    json(200, goodOrder, { 'content-type': type }),
  )
  expect(codes).toEqual([])
})

test('a parameter that the document names must be there', async () => {
  const document = orderDocument({ '200': content('application/json; version=2') })
  const { codes } = await prove(
    document,
    json(200, goodOrder, { 'content-type': 'application/json; version=1' }),
  )
  expect(codes).toEqual(['media-type-undocumented'])
})

test('an error may follow Accept, and nothing else', async () => {
  const document = orderDocument({ '200': inJson({}), '404': content('application/problem+json') })
  expect((await prove(document, json(404, {}))).codes).toEqual(['inconclusive'])
  const html = await prove(document, json(404, {}, { 'content-type': 'text/html' }))
  expect(html.codes).toEqual(['media-type-undocumented', 'inconclusive'])
})
