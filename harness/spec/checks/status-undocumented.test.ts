import { expect, test } from 'vitest'
import { goodOrder, inJson, orderDocument } from '../testing/document.ts'
import { json } from '../testing/provider.ts'
import { prove } from '../testing/prove.ts'

test('a status of which the document says nothing is the only finding', async () => {
  const { codes, findings } = await prove(orderDocument(), json(202, 'not even an order'))
  expect(codes).toEqual(['status-undocumented'])
  expect(findings[0]).toMatchObject({
    expected: 'one of 200',
    actual: '202',
    subject: 'GET /orders/{id}',
  })
  expect(findings[0]?.place.pointer).toBe('/paths/~1orders~1{id}/get/responses')
})

test.each(['200', '2XX', '2xx', 'default'])('%s documents a 200', async (status) => {
  const { codes } = await prove(
    orderDocument({ [status]: inJson({ type: 'object' }) }),
    json(200, goodOrder),
  )
  expect(codes).toEqual([])
})

test('the most specific entry speaks for a status', async () => {
  const responses = {
    '200': inJson({ type: 'object' }),
    '2XX': inJson({ type: 'string' }),
    default: inJson({ type: 'string' }),
  }
  const { codes } = await prove(orderDocument(responses), json(200, goodOrder))
  expect(codes).toEqual([])
})
