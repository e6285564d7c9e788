import { expect, test } from 'vitest'
import { orderDocument } from '../testing/document.ts'
import { prove, proveRaw } from '../testing/prove.ts'

const document = orderDocument({ '204': { description: 'gone' } }, {}, 'delete')

test('a 204 that brings a body is the only finding', async () => {
  const { codes } = await proveRaw(
    document,
    'HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello',
  )
  expect(codes).toEqual(['body-forbidden'])
})

test('a 204 that only announces one is the same', async () => {
  const { codes } = await proveRaw(document, 'HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n')
  expect(codes).toEqual(['body-forbidden'])
})

test('a 204 without a body is none', async () => {
  const { codes } = await prove(document, (_, response) => response.writeHead(204).end())
  expect(codes).toEqual([])
})

test('an answer to HEAD tells the length of what GET would bring', async () => {
  const head = orderDocument(undefined, {}, 'head')
  const { codes } = await prove(head, (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' }).end()
  })
  expect(codes).toEqual([])
})
