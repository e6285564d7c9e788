import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../json.ts'
import { inJson, orderDocument, specFrom } from '../testing/document.ts'
import { bodiesFor, choiceFor, hasLegalName, isSendable } from './choices.ts'

const operationWith = async (operation: JsonObject) => {
  const spec = await specFrom(orderDocument({ '200': inJson({}) }, operation, 'post'))
  const [first] = spec.operations
  if (first === undefined) throw new Error('The document has no operation.')
  return { spec, operation: first }
}

const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } }

const choices = async (parameters: readonly JsonObject[], given = {}) => {
  const { spec, operation } = await operationWith({ parameters: [id, ...parameters] })
  return operation.parameters
    .filter(({ name }) => name !== 'id')
    .map((one) => choiceFor(one, { spec, seed: 1, given })?.examples)
}

describe('values of a parameter', () => {
  const limit = { name: 'limit', in: 'query', schema: { type: 'integer' } }

  test('what the user gave comes first, read as the schema wants it', async () => {
    const text = { name: 'code', in: 'query', schema: { type: 'string' }, example: 'a' }
    expect(await choices([limit, text], { limit: '7', code: '7' })).toEqual([
      [{ name: 'given', value: 7 }],
      [{ name: 'given', value: '7' }],
    ])
  })

  test('an example that breaks its own schema is no valid value', async () => {
    expect(await choices([{ ...limit, example: 'many' }])).toEqual([[]])
  })

  test('one is made up only where it is required', async () => {
    expect(await choices([limit, { ...limit, name: 'page', required: true }])).toEqual([
      [],
      [{ name: 'generated', value: 1 }],
    ])
  })
})

test('what would be another path, or would not arrive as it is, is not sent', async () => {
  const { operation } = await operationWith({
    parameters: [id, { name: 'X-Note', in: 'header', schema: {} }, { name: 'A B', in: 'header' }],
  })
  const [path, header, odd] = operation.parameters
  if (path === undefined || header === undefined || odd === undefined) throw new Error('no')
  expect(['', '.', '..', 'a/b', 0].map((one) => isSendable(path, one))).toEqual([
    false,
    false,
    false,
    true,
    true,
  ])
  expect([' a', 'a\n', 'é', 'a b'].map((one) => isSendable(header, one))).toEqual([
    false,
    false,
    false,
    true,
  ])
  expect([hasLegalName(header), hasLegalName(odd)]).toEqual([true, false])
})

test('a generated body leaves out what is readOnly', async () => {
  const schema = {
    type: 'object',
    required: ['made', 'total'],
    properties: { made: { type: 'string', readOnly: true }, total: { type: 'integer' } },
  }
  const { spec, operation } = await operationWith({
    parameters: [id],
    requestBody: { content: { 'application/json': { schema } } },
  })
  const [content] = operation.requestBody?.content ?? []
  if (content === undefined) throw new Error('The document has no body.')
  expect(bodiesFor(content, { spec, seed: 1, given: {} })).toMatchObject([
    { name: 'generated', value: { total: 1 } },
  ])
})
