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

test('what HTTP itself says of such a request is missing in the document; the rest is not', async () => {
  const { findings } = await prove(orderDocument(), json(404, {}))
  expect(findings.map((one) => [one.code, one.class, one.aspect])).toEqual([
    ['status-undocumented', 'document', '404'],
  ])
  const odd = await prove(orderDocument(), json(202, {}))
  expect(odd.findings[0]?.class).toBeUndefined()
  // Nobody is asked who they are.
  const refused = await prove(orderDocument(), json(403, {}))
  expect(refused.findings[0]?.class).toBeUndefined()
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
