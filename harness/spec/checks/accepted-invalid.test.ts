import { expect, test } from 'vitest'
import type { JsonObject } from '../json.ts'
import { inJson, orderDocument } from '../testing/document.ts'
import { listOfOrders } from '../testing/list-of-orders.ts'
import { json } from '../testing/provider.ts'
import { prove } from '../testing/prove.ts'

test('names what is wrong with the request, and where the document says so', async () => {
  const { document, broken } = listOfOrders({ limitMax: 101 })
  const { findings } = await prove(document, broken, { techniques: ['boundaries'] })
  expect(findings).toMatchObject([
    {
      code: 'accepted-invalid',
      summary: 'GET /orders answered 200 to a request that the document forbids: "limit" is 101.',
      place: { pointer: '/paths/~1orders/get/parameters/0/schema/maximum' },
      request: { url: expect.stringMatching(/\/orders\?limit=101$/) as string },
    },
  ])
})

const everything = json(200, { id: 1, total: 1 })

const body = (schema: JsonObject) => ({
  requestBody: { required: true, content: { 'application/json': { schema } } },
})

const taken = async (
  operation: JsonObject,
  technique: 'boundaries' | 'negatives' = 'negatives',
) => {
  const document = orderDocument({ '200': inJson({}) }, operation, 'post')
  const { findings } = await prove(document, everything, { techniques: [technique] })
  return findings
    .filter(({ code, summary }) => code === 'accepted-invalid' && !summary.includes('"id" is'))
    .map(({ summary }) => summary)
}

test('a property that is readOnly, or that the schema does not close, may be sent', async () => {
  const schema = {
    type: 'object',
    properties: { made: { type: 'integer', readOnly: true }, total: {} },
  }
  const summaries = await taken(body(schema))
  expect(summaries.filter((text) => /"made"|unknown property/.test(text))).toEqual([])
})

test('a property of an object that is closed may not', async () => {
  const schema = { type: 'object', additionalProperties: false, properties: { total: {} } }
  expect((await taken(body(schema))).join('\n')).toContain('the unknown property "proofbookExtra"')
})

test('what is valid once it is text in a URL breaks nothing', async () => {
  const parameters = [
    { name: 'id', in: 'path', required: true, schema: { type: 'integer' }, example: 1 },
    { name: 'q', in: 'query', schema: { type: 'string' } },
    { name: 'many', in: 'query', schema: { type: 'array', items: { type: 'string' } } },
  ]
  expect(await taken({ parameters })).toEqual([])
})

test('a body of another media type breaks something only where 415 is documented', async () => {
  const summaries = await taken(body({ type: 'object' }))
  expect(summaries.join('\n')).not.toContain('media type')
})
