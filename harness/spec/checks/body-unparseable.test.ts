import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { goodOrder, orderDocument } from '../testing/document.ts'
import { prove } from '../testing/prove.ts'

const type = { 'content-type': 'application/json' }

test.each([
  ['{"id": 1', 'it is no JSON'],
  ['<order/>', 'it is no JSON'],
  [Buffer.from([0x22, 0xff, 0x22]), 'it is no UTF-8'],
])('%s in application/json is the only finding', async (body, problem) => {
  const { codes, findings } = await prove(orderDocument(), (_, response) =>
    response.writeHead(200, type).end(body),
  )
  expect(codes).toEqual(['body-unparseable'])
  expect(findings[0]?.actual).toContain(problem)
})

test('a Content-Encoding that is not kept is the only finding', async () => {
  const { codes } = await prove(orderDocument(), (_, response) =>
    response.writeHead(200, { ...type, 'content-encoding': 'gzip' }).end(JSON.stringify(goodOrder)),
  )
  expect(codes).toEqual(['body-unparseable'])
})

test('one that is kept is undone before the body is judged', async () => {
  const { codes } = await prove(orderDocument(), (_, response) =>
    response
      .writeHead(200, { ...type, 'content-encoding': 'gzip' })
      .end(gzipSync(JSON.stringify(goodOrder))),
  )
  expect(codes).toEqual([])
})

test('a media type that is not looked into is left alone', async () => {
  const document = orderDocument({
    '200': { description: 'd', content: { 'application/xml': { schema: { type: 'object' } } } },
  })
  const { codes } = await prove(document, (_, response) =>
    response.writeHead(200, { 'content-type': 'application/xml' }).end('<order'),
  )
  expect(codes).toEqual([])
})
