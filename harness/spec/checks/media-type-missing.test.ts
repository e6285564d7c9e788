import { expect, test } from 'vitest'
import { goodOrder, orderDocument } from '../testing/document.ts'
import { json } from '../testing/provider.ts'
import { prove } from '../testing/prove.ts'

test('a body without a Content-Type is the only finding', async () => {
  const { codes } = await prove(orderDocument(), (_, response) =>
    response.end(JSON.stringify(goodOrder)),
  )
  expect(codes).toEqual(['media-type-missing'])
})

test('a body with one is none, and no body needs none', async () => {
  expect((await prove(orderDocument(), json(200, goodOrder))).codes).toEqual([])
  const deletion = orderDocument({ '204': { description: 'gone' } }, {}, 'delete')
  expect((await prove(deletion, (_, response) => response.writeHead(204).end())).codes).toEqual([])
})
