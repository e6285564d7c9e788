import { expect, test } from 'vitest'
import { goodOrder, inJson, orderDocument } from '../testing/document.ts'
import { json } from '../testing/provider.ts'
import { prove } from '../testing/prove.ts'

test('no body where the document describes JSON is the only finding', async () => {
  const { codes } = await prove(orderDocument(), (_, response) => response.writeHead(200).end())
  expect(codes).toEqual(['body-missing'])
})

test('nor is an empty one that claims to be JSON', async () => {
  const { codes } = await prove(orderDocument(), (_, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(),
  )
  expect(codes).toEqual(['body-missing'])
})

test('a body is none', async () => {
  const { codes } = await prove(orderDocument(), json(200, goodOrder))
  expect(codes).toEqual([])
})

test('a text may be empty, and an error without a schema may have no body', async () => {
  const text = orderDocument({
    '200': { description: 'a text', content: { 'text/plain': { schema: { type: 'string' } } } },
  })
  const empty = await prove(text, (_, response) =>
    response.writeHead(200, { 'content-type': 'text/plain' }).end(),
  )
  expect(empty.codes).toEqual([])
  const error = orderDocument({ '200': inJson({}), '404': { description: 'unknown' } })
  expect((await prove(error, (_, response) => response.writeHead(404).end())).codes).toEqual([
    'inconclusive',
  ])
})
