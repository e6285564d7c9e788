import { expect, test } from 'vitest'
import { goodOrder, inJson, orderDocument } from '../testing/document.ts'
import { json } from '../testing/provider.ts'
import { prove } from '../testing/prove.ts'

const responses = {
  '200': inJson({}),
  '401': inJson({}),
  '404': inJson({}),
  '415': inJson({}),
  '422': inJson({}),
}

test.each([
  [404, '--example id='],
  [401, 'give a credential that is let in here'],
  [415, 'correct the media types'],
  [422, 'add an example to the document'],
])('only a documented %i is a finding that says what would help', async (status, advice) => {
  const { codes, findings, verdict } = await prove(orderDocument(responses), json(status, {}))
  expect({ codes, verdict }).toEqual({ codes: ['inconclusive'], verdict: 'failed' })
  expect(findings[0]?.summary).toContain(advice)
  expect(findings[0]?.actual).toBe(`documented example without credential: ${status}`)
})

test('a lacking credential is named first', async () => {
  const document = orderDocument(responses, { security: [{ bearer: [] }] })
  const { findings } = await prove(document, json(404, {}))
  expect(findings[0]?.summary).toContain('give a credential: `credentials` in the config')
})

test('one success among refusals is enough', async () => {
  const document = orderDocument(responses, {
    parameters: [
      {
        name: 'id',
        in: 'path',
        required: true,
        schema: { type: 'integer' },
        examples: { gone: { value: 7 }, there: { value: 1 } },
      },
    ],
  })
  const { codes } = await prove(document, (request, response) =>
    json(request.url === '/orders/1' ? 200 : 404, goodOrder)(request, response),
  )
  expect(codes).toEqual([])
})

test('an operation that documents no success cannot fail to reach one', async () => {
  const { codes } = await prove(orderDocument({ '410': inJson({}) }), json(410, {}))
  expect(codes).toEqual([])
})

test('where something else is wrong, that is the finding', async () => {
  const { codes } = await prove(orderDocument(), json(404, {}))
  expect(codes).toEqual(['status-undocumented'])
})
