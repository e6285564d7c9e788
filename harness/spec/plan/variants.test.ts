import { describe, expect, test } from 'vitest'
import type { JsonObject, JsonValue } from '../json.ts'
import { numbersInside, numbersOutside } from '../schema/vary/numbers.ts'
import { enumBroken, requiredBroken, typesBroken } from '../schema/vary/broken.ts'
import { textsInside } from '../schema/vary/texts.ts'
import { inJson, orderDocument, specFrom } from '../testing/document.ts'
import type { Draft } from './draft.ts'
import { bodyVariants, missingParameters, parameterVariants } from './variants.ts'

const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer', minimum: 1 } }

const setUp = async (parameters: readonly JsonObject[], schema?: JsonObject, body?: JsonValue) => {
  const requestBody = { content: { 'application/json': { schema: schema ?? {} } } }
  const operation = { parameters: [id, ...parameters], ...(schema ? { requestBody } : {}) }
  const spec = await specFrom(orderDocument({ '200': inJson({}) }, operation, 'post'))
  const [first] = spec.operations
  const content = first?.requestBody?.content[0]
  if (first === undefined) throw new Error('The document has no operation.')
  const draft: Draft = {
    operation: first,
    values: first.parameters.filter(({ name }) => name === 'id').map((one) => [one, 7] as const),
    ...(content === undefined || body === undefined ? {} : { body: { content, value: body } }),
    credentials: [],
  }
  return { spec, draft, context: { document: spec.document, seed: 1 } }
}

describe('variants of a body', () => {
  const schema = {
    type: 'object',
    required: ['total', 'id'],
    properties: {
      id: { type: 'integer', readOnly: true },
      total: { type: 'integer', minimum: 1, maximum: 9 },
    },
  }

  test('keep the schema or break it, as they are asked for', async () => {
    const { spec, draft, context } = await setUp([], schema, { total: 5 })
    const inside = bodyVariants(spec, draft, [numbersInside, numbersOutside], context, true)
    const outside = bodyVariants(spec, draft, [numbersInside, numbersOutside], context, false)
    expect(inside.map(({ value }) => value)).toEqual([1, 2, 9, 8])
    expect(outside.map(({ value }) => value)).toEqual([0, 10])
  })

  test('what is readOnly is not missed in a request', async () => {
    const { spec, draft, context } = await setUp([], schema, { total: 5 })
    const broken = bodyVariants(spec, draft, [requiredBroken], context, false)
    expect(broken.map(({ words }) => words)).toEqual(['"total" is left out'])
  })
})

describe('variants of parameters', () => {
  const wordsOf = async (
    parameters: readonly JsonObject[],
    vary: Parameters<typeof parameterVariants>[2],
    isValid: boolean,
  ) => {
    const { spec, draft, context } = await setUp(parameters)
    return parameterVariants(spec, draft, vary, context, isValid).map(({ words }) => words)
  }

  test('what becomes valid as text in a URL breaks nothing', async () => {
    const parameters = [
      { name: 'q', in: 'query', schema: { type: 'string' } },
      { name: 'limit', in: 'query', schema: { type: 'integer' } },
      { name: 'open', in: 'query', schema: { type: 'boolean' } },
    ]
    const words = await wordsOf(parameters, [typesBroken], false)
    expect(words.filter((text) => !text.startsWith('"id"'))).toEqual([
      '"limit" is 1.5',
      '"limit" is true',
      '"limit" is "many"',
      '"open" is 1',
      '"open" is "yes"',
    ])
  })

  test('another thing is no matter of form: values of a path are only broken', async () => {
    expect(await wordsOf([], [numbersInside], true)).toEqual([])
    expect(await wordsOf([], [numbersOutside], false)).toEqual(['"id" is 0'])
  })

  test('nor is what calls a state or a request by its name', async () => {
    const text = { type: 'string', minLength: 2, maxLength: 9 }
    const parameters = ['If-Match', 'Idempotency-Key', 'X-Note'].map((name) => ({
      name,
      in: 'header',
      schema: text,
    }))
    const words = await wordsOf(parameters, [textsInside], true)
    expect(words.every((one) => one.startsWith('"X-Note"'))).toBe(true)
    expect(words.length).toBeGreaterThan(0)
  })

  test('items of a list are varied each for itself', async () => {
    const schema = { type: 'array', items: { enum: ['a', 'b'] } }
    const words = await wordsOf([{ name: 'of', in: 'query', schema }], [enumBroken], false)
    expect(words).toEqual(['"of[0]" is "proofbook"', '"of[0]" is "A"'])
  })
})

test('each required parameter is left out, but for those in a path', async () => {
  const { draft } = await setUp([{ name: 'q', in: 'query', required: true, schema: {} }])
  expect(missingParameters(draft).map(({ words }) => words)).toEqual([
    'the required query parameter "q" is left out',
  ])
})
