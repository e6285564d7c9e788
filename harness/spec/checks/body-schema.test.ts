import { expect, test } from 'vitest'
import { goodOrder, inJson, orderDocument } from '../testing/document.ts'
import { json } from '../testing/provider.ts'
import { prove } from '../testing/prove.ts'
import type { JsonObject } from '../json.ts'

const answers: readonly (readonly [what: string, order: JsonObject, where: string])[] = [
  ['a wrong type', { ...goodOrder, id: '1' }, 'properties/id/type'],
  ['a missing property', { id: 1 }, 'required/1'],
  ['a bound', { ...goodOrder, total: -1 }, 'properties/total/minimum'],
  ['a format', { ...goodOrder, placed: 'yesterday' }, 'properties/placed/format'],
  ['null', { ...goodOrder, placed: null }, 'properties/placed/type'],
]

test.each(answers)('%s is the only finding, at its rule', async (_, order, where) => {
  const { codes, findings } = await prove(orderDocument(), json(200, order))
  expect(codes).toEqual(['body-schema'])
  expect(findings[0]?.place.pointer).toBe(`/components/schemas/Order/${where}`)
})

test('an order that keeps its schema is none', async () => {
  expect((await prove(orderDocument(), json(200, goodOrder))).codes).toEqual([])
})

test('every item is looked at; one rule broken in many places is one finding', async () => {
  const lines = [{ sku: 'A' }, { sku: 1 }, { sku: 'B' }, { sku: 2 }]
  const { findings } = await prove(orderDocument(), json(200, { ...goodOrder, lines }))
  expect(findings).toHaveLength(1)
  expect(findings[0]?.summary).toBe(
    '"/lines/1/sku" in the body of GET /orders/{id} (200) is 1 (integer), and the document says string (and in 1 more place).',
  )
  expect(findings[0]).toMatchObject({ expected: 'string', actual: '1 (integer)', confirmed: false })
  expect(findings[0]?.request?.url).toMatch(/\/orders\/1$/)
})

test('two rules broken are two findings', async () => {
  const { codes } = await prove(orderDocument(), json(200, { ...goodOrder, id: 'x', total: -1 }))
  expect(codes).toEqual(['body-schema', 'body-schema'])
})

test('writeOnly things must not come, and need not', async () => {
  const schema: JsonObject = {
    type: 'object',
    required: ['name', 'password'],
    properties: { name: { type: 'string' }, password: { type: 'string', writeOnly: true } },
  }
  const document = orderDocument({ '200': inJson(schema) })
  expect((await prove(document, json(200, { name: 'a' }))).codes).toEqual([])
  expect((await prove(document, json(200, { name: 'a', password: 'b' }))).codes).toEqual([
    'body-schema',
  ])
})

test('the body of a documented error is judged too', async () => {
  const document = orderDocument({
    '200': inJson({}),
    '404': inJson({ type: 'object', required: ['title'] }),
  })
  // Two things: what the error is, and that nothing else ever came.
  expect((await prove(document, json(404, {}))).codes).toEqual(['body-schema', 'inconclusive'])
})
