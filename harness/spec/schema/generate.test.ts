import { describe, expect, test } from 'vitest'
import type { JsonObject, JsonValue } from '../json.ts'
import { generate } from './generate.ts'
import { schemasOf } from './schemas.ts'

const made = (schema: JsonValue, seed = 1, others: JsonObject = {}) => {
  const document = { components: { schemas: { A: schema, ...others } } }
  const schemas = schemasOf(document)
  return { schemas, value: generate('/components/schemas/A', { document, schemas, seed }) }
}

const possible: readonly (readonly [name: string, schema: JsonObject])[] = [
  ...[
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
    'uuid',
    'json-pointer',
    'regex',
  ].map((format): [string, JsonObject] => [`format ${format}`, { type: 'string', format }]),
  ['pattern', { type: 'string', pattern: '^[A-Z]{2}-\\d{3}$' }],
  ['pattern and format', { type: 'string', format: 'uuid', pattern: '^[0-9A-F-]{36}$' }],
  ['length', { type: 'string', minLength: 30, maxLength: 31 }],
  ['bounds', { type: 'integer', exclusiveMinimum: 5, maximum: 6 }],
  ['negative bounds', { type: 'integer', minimum: -9, maximum: -5 }],
  ['a narrow number', { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 0.1 }],
  ['multiples', { type: 'number', multipleOf: 7, minimum: 8 }],
  ['unique items', { type: 'array', minItems: 3, uniqueItems: true, items: { type: 'string' } }],
  [
    'a tuple',
    { type: 'array', prefixItems: [{ type: 'string' }, { type: 'integer' }], minItems: 2 },
  ],
  ['a map', { type: 'object', minProperties: 2, additionalProperties: { type: 'integer' } }],
  [
    'allOf',
    {
      allOf: [
        { type: 'object', required: ['a'], properties: { a: { type: 'integer', minimum: 3 } } },
        { properties: { a: { maximum: 3 } } },
      ],
    },
  ],
  [
    'oneOf',
    {
      oneOf: [
        { type: 'object', required: ['k'], properties: { k: { const: 'a' } } },
        { type: 'string' },
      ],
    },
  ],
  [
    'const and enum',
    { type: 'object', required: ['a', 'b'], properties: { a: { const: 1 }, b: { enum: ['x'] } } },
  ],
  [
    'closed',
    {
      type: 'object',
      required: ['a'],
      additionalProperties: false,
      properties: { a: { type: 'string' }, b: { type: 'string' } },
    },
  ],
  [
    'a circle',
    {
      type: 'object',
      required: ['next'],
      properties: { next: { anyOf: [{ type: 'null' }, { $ref: '#/components/schemas/A' }] } },
    },
  ],
  [
    'dependentRequired',
    {
      type: 'object',
      required: ['a'],
      dependentRequired: { a: ['b'] },
      properties: { a: {}, b: { type: 'integer' } },
    },
  ],
  ['not', { type: 'integer', not: { const: 1 } }],
  ['anything', {}],
]

describe('one plain value', () => {
  test.each(possible)('%s: valid for both engines, the same for a seed', async (_, schema) => {
    for (const seed of [1, 2, 3]) {
      const { schemas, value } = made(schema, seed)
      expect(value).toBeDefined()
      const verdict = await schemas.check('/components/schemas/A', 'request', value ?? null)
      expect(verdict).toEqual({ violations: [], doubtful: [] })
      expect(made(schema, seed).value).toEqual(value)
    }
  })

  test.each([
    [
      'a circle without end',
      { type: 'object', required: ['a'], properties: { a: { $ref: '#/components/schemas/A' } } },
    ],
    ['a contradiction', { type: 'integer', minimum: 5, maximum: 4 }],
    ['two that both match', { oneOf: [{ type: 'integer' }, { type: 'integer' }] }],
  ])('%s has none', (_, schema) => {
    expect(made(schema).value).toBeUndefined()
  })

  test('only what is required, and nothing that is readOnly', () => {
    const { value } = made({
      type: 'object',
      required: ['id', 'name'],
      properties: {
        id: { type: 'integer', readOnly: true },
        name: { type: 'string' },
        note: { type: 'string' },
      },
    })
    expect(Object.keys(value ?? {})).toEqual(['name'])
  })

  test('what the document shows comes first', () => {
    expect(
      made({
        type: 'object',
        required: ['a'],
        properties: { a: { type: 'string', examples: ['shown'] } },
      }).value,
    ).toEqual({ a: 'shown' })
    expect(made({ type: 'integer', default: 7 }).value).toBe(7)
  })
})
