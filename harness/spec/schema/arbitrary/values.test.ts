import { describe, expect, test } from 'vitest'
import { isObject, type JsonObject, type JsonValue } from '../../json.ts'
import { schemasOf } from '../schemas.ts'
import { valuesOf } from './values.ts'

const pointer = '/components/schemas/A'

const drawn = (schema: JsonValue, count = 20, seed = 1, others: JsonObject = {}) => {
  const document = { components: { schemas: { A: schema, ...others } } }
  const schemas = schemasOf(document)
  return { schemas, values: valuesOf(pointer, { document, schemas, seed, count }) }
}

const formats = [
  'date',
  'date-time',
  'time',
  'duration',
  'email',
  'hostname',
  'ipv4',
  'ipv6',
  'uri',
  'uri-reference',
  'uri-template',
  'uuid',
  'json-pointer',
  'relative-json-pointer',
  'regex',
  'byte',
]

const kind = (name: string, needed: string): JsonObject => ({
  type: 'object',
  required: ['kind', needed],
  properties: { kind: { const: name }, [needed]: { type: 'integer' } },
})

/** For each rule of JSON Schema 2020-12 a schema of which values can be drawn. */
const possible: readonly (readonly [name: string, schema: JsonObject])[] = [
  ...formats.map((format): [string, JsonObject] => [
    `format ${format}`,
    { type: 'string', format },
  ]),
  ['several types', { type: ['integer', 'null', 'string'] }],
  ['no type', {}],
  ['enum', { enum: ['a', 1, null, { a: 1 }] }],
  ['const', { const: { a: [1] } }],
  ['minimum and maximum', { type: 'integer', minimum: -3, maximum: 40 }],
  ['exclusive bounds', { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 0.001 }],
  ['multipleOf', { type: 'number', multipleOf: 0.5, minimum: 3 }],
  ['lengths', { type: 'string', minLength: 30, maxLength: 80 }],
  ['pattern', { type: 'string', pattern: '^[A-Z]{2}-\\d{3}$' }],
  ['pattern that looks ahead', { type: 'string', pattern: '^(?=.*\\d)[a-z0-9]{6,10}$' }],
  ['pattern and length', { type: 'string', pattern: '^[a-z]*$', minLength: 3, maxLength: 5 }],
  ['pattern and format', { type: 'string', format: 'uuid', pattern: '^[0-9A-F-]{36}$' }],
  ['items', { type: 'array', items: { type: 'integer' }, minItems: 2, maxItems: 30 }],
  ['prefixItems', { type: 'array', prefixItems: [{ const: 1 }, { type: 'string' }], items: false }],
  ['uniqueItems', { type: 'array', uniqueItems: true, minItems: 3, items: { enum: [1, 2, 3, 4] } }],
  ['contains', { type: 'array', contains: { const: 7 }, minContains: 2, maxContains: 3 }],
  ['required', { type: 'object', required: ['a', 'b'], properties: { a: { type: 'boolean' } } }],
  ['additionalProperties', { type: 'object', additionalProperties: { type: 'integer' } }],
  ['patternProperties', { type: 'object', patternProperties: { '^x-': { const: 1 } } }],
  [
    'propertyNames',
    {
      type: 'object',
      minProperties: 2,
      propertyNames: { pattern: '^[a-z]{3}$' },
      maxProperties: 4,
    },
  ],
  [
    'dependentRequired',
    {
      type: 'object',
      properties: { a: { type: 'integer' }, b: { type: 'integer' } },
      dependentRequired: { a: ['b'] },
    },
  ],
  [
    'dependentSchemas',
    {
      type: 'object',
      properties: { a: { type: 'integer' } },
      dependentSchemas: { a: { required: ['b'], properties: { b: { type: 'string' } } } },
    },
  ],
  [
    'allOf',
    {
      allOf: [
        { type: 'object', required: ['a'], properties: { a: { type: 'integer', minimum: 3 } } },
        { properties: { a: { maximum: 60 } } },
      ],
    },
  ],
  ['anyOf', { anyOf: [kind('card', 'number'), kind('cash', 'coins')] }],
  [
    'oneOf',
    {
      oneOf: [
        { type: 'integer', multipleOf: 5 },
        { type: 'integer', multipleOf: 3 },
      ],
    },
  ],
  ['not', { type: 'object', properties: { a: {}, b: {} }, not: { required: ['a', 'b'] } }],
  [
    'if, then, else',
    {
      type: 'object',
      required: ['kind'],
      properties: { kind: { enum: ['card', 'cash'] } },
      if: { properties: { kind: { const: 'card' } } },
      // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
      then: {
        required: ['number'],
        properties: { number: { pattern: '^\\d{4}$', type: 'string' } },
      },
      else: { required: ['coins'], properties: { coins: { type: 'integer' } } },
    },
  ],
  [
    'unevaluatedProperties',
    {
      allOf: [{ type: 'object', properties: { a: { type: 'string' } } }],
      properties: { b: { type: 'integer' } },
      unevaluatedProperties: false,
    },
  ],
  [
    'a circle',
    { type: 'object', properties: { next: { $ref: `#${pointer}` }, name: { type: 'string' } } },
  ],
]

describe('values of a schema', () => {
  test.each(possible)('%s: are drawn, and both engines take them', async (_, schema) => {
    const { schemas, values } = drawn(schema)
    expect(values.length).toBeGreaterThan(0)
    for (const value of values)
      expect(await schemas.check(pointer, 'request', value)).toEqual({
        violations: [],
        doubtful: [],
      })
  })

  test('are the same for the same seed, and others for another', () => {
    const schema = { type: 'integer', minimum: 0, maximum: 1000 }
    expect(drawn(schema, 5, 7).values).toEqual(drawn(schema, 5, 7).values)
    expect(drawn(schema, 5, 7).values).not.toEqual(drawn(schema, 5, 8).values)
  })

  test('come from the middle of a range as well as from its ends', () => {
    const { values } = drawn({ type: 'integer', minimum: 1, maximum: 100 }, 40)
    for (const [low, high] of [
      [1, 34],
      [34, 67],
      [67, 100],
    ] as const)
      expect(values.some((value) => Number(value) >= low && Number(value) <= high)).toBe(true)
  })

  test('have all branches, and optional properties there and not there', () => {
    const { values } = drawn({ anyOf: [kind('card', 'number'), kind('cash', 'coins')] }, 30)
    expect(new Set(values.map((value) => isObject(value) && value['kind']))).toEqual(
      new Set(['card', 'cash']),
    )
    const optional = drawn({ type: 'object', properties: { a: { const: 1 } } }, 2)
    expect(optional.values).toEqual(expect.arrayContaining([{}, { a: 1 }]))
  })

  test('leave out what is readOnly', () => {
    const properties = { id: { type: 'integer', readOnly: true }, name: { const: 'a' } }
    const { values } = drawn({ type: 'object', required: ['id', 'name'], properties })
    expect(values).toEqual([{ name: 'a' }])
  })
})

test.each<readonly [name: string, schema: JsonValue]>([
  ['false', false],
  ['bounds that exclude each other', { type: 'integer', minimum: 5, maximum: 4 }],
  ['types that exclude each other', { allOf: [{ type: 'string' }, { type: 'integer' }] }],
  [
    'a required property that must not be',
    { type: 'object', required: ['a'], properties: { a: false } },
  ],
  [
    'a thing that needs two of its own kind',
    {
      type: 'object',
      required: ['a', 'b'],
      properties: { a: { $ref: `#${pointer}` }, b: { $ref: `#${pointer}` } },
    },
  ],
])('%s: has no value, and that is soon known', (_, schema) => {
  expect(drawn(schema).values).toEqual([])
})
