import { expect, test } from 'vitest'
import { goodOrder, inJson, orderDocument } from '../testing/document.ts'
import { json } from '../testing/provider.ts'
import { prove } from '../testing/prove.ts'
import type { JsonObject } from '../json.ts'

const documentWith = (header: JsonObject) =>
  orderDocument({ '200': inJson({ type: 'object' }, { headers: { 'X-Value': header } }) })

const schemas: readonly (readonly [good: string, bad: string, schema: JsonObject])[] = [
  ['12', 'twelve', { type: 'integer' }],
  ['12', '12.5', { type: 'integer' }],
  ['true', 'yes', { type: 'boolean' }],
  ['3', '11', { type: 'integer', maximum: 10 }],
  ['1,2', '1,x', { type: 'array', items: { type: 'integer' } }],
  ['a,1', 'a,x', { type: 'object', properties: { a: { type: 'integer' } } }],
  ['2026-01-02T10:00:00Z', 'yesterday', { type: 'string', format: 'date-time' }],
  ['12', 'high', { anyOf: [{ type: 'integer' }, { const: 'low' }] }],
  ['12', '-', { type: ['integer', 'null'] }],
]

test.each(schemas)('%s is fine and %s is the only finding', async (good, bad, schema) => {
  const document = documentWith({ schema })
  expect((await prove(document, json(200, goodOrder, { 'x-value': good }))).codes).toEqual([])
  expect((await prove(document, json(200, goodOrder, { 'x-value': bad }))).codes).toEqual([
    'header-schema',
  ])
})

test('digits are a fine string', async () => {
  const { codes } = await prove(
    documentWith({ schema: { type: 'string' } }),
    json(200, goodOrder, { 'x-value': '12' }),
  )
  expect(codes).toEqual([])
})

test('a header with content is read as its media type says', async () => {
  const document = documentWith({ content: { 'application/json': { schema: { type: 'object' } } } })
  expect((await prove(document, json(200, goodOrder, { 'x-value': '{"a":1}' }))).codes).toEqual([])
  expect((await prove(document, json(200, goodOrder, { 'x-value': '[1]' }))).codes).toEqual([
    'header-schema',
  ])
})

test('the finding names the header, the text and the rule, where the rule is written', async () => {
  const { findings } = await prove(
    documentWith({ schema: { type: 'integer' } }),
    json(200, goodOrder, { 'x-value': 'x' }),
  )
  expect(findings[0]?.summary).toBe(
    'GET /orders/{id} answered 200 with the header X-Value: x, and the document says integer.',
  )
  expect(findings[0]?.place.pointer).toContain('/headers/X-Value/schema/type')
})
