import { getAllRegisteredSchemaUris } from '@hyperjump/json-schema/draft-2020-12'
import { describe, expect, test } from 'vitest'
import type { JsonObject, JsonValue } from '../json.ts'
import type { Direction } from './closure.ts'
import { schemasOf } from './schemas.ts'

const check = (
  schema: JsonValue,
  value: JsonValue,
  direction: Direction = 'response',
  others: JsonObject = {},
) =>
  schemasOf({ components: { schemas: { A: schema, ...others } } }).check(
    '/components/schemas/A',
    direction,
    value,
  )

const brokenBy = async (
  schema: JsonValue,
  value: JsonValue,
  direction?: Direction,
  others?: JsonObject,
) =>
  (await check(schema, value, direction, others)).violations.map(
    ({ instancePath, keyword }) => `${instancePath} ${keyword}`,
  )

const rules: readonly (readonly [
  keyword: string,
  schema: JsonObject,
  good: JsonValue,
  bad: JsonValue,
])[] = [
  ['type', { type: ['integer', 'null'] }, null, 'a'],
  ['enum', { enum: ['a', 'b'] }, 'a', 'c'],
  ['const', { const: 1 }, 1, 2],
  ['minimum', { minimum: 2 }, 2, 1],
  ['exclusiveMaximum', { exclusiveMaximum: 2 }, 1, 2],
  ['multipleOf', { multipleOf: 0.5 }, 1.5, 1.2],
  ['maxLength', { maxLength: 2 }, '😀😀', '😀😀😀'],
  ['pattern', { pattern: '^a+$' }, 'aa', 'ab'],
  ['format', { format: 'uuid' }, '00000000-0000-4000-8000-000000000000', 'x'],
  ['format', { format: 'date-time' }, '2026-01-02T10:00:00Z', '2026-01-02 10:00:00Z'],
  ['format', { format: 'email' }, 'a@example.com', 'a'],
  ['format', { format: 'uri' }, 'https://example.com', 'no uri'],
  ['maxItems', { maxItems: 1 }, [1], [1, 2]],
  ['uniqueItems', { uniqueItems: true }, [1, 2], [1, 1]],
  ['contains', { contains: { const: 1 } }, [2, 1], [2]],
  ['minProperties', { minProperties: 1 }, { a: 1 }, {}],
  ['required', { required: ['a'] }, { a: 1 }, {}],
  ['dependentRequired', { dependentRequired: { a: ['b'] } }, { b: 1 }, { a: 1 }],
  [
    'additionalProperties',
    { properties: { a: {} }, additionalProperties: false },
    { a: 1 },
    { b: 1 },
  ],
  [
    'unevaluatedProperties',
    { allOf: [{ properties: { a: {} } }], unevaluatedProperties: false },
    { a: 1 },
    { b: 1 },
  ],
  ['not', { not: { type: 'string' } }, 1, 'a'],
  ['anyOf', { anyOf: [{ minimum: 5 }, { maximum: 1 }] }, 1, 3],
  ['oneOf', { oneOf: [{ minimum: 1 }, { minimum: 2 }] }, 1, 3],
  ['maximum', { format: 'int32', type: 'integer' }, 1, 2 ** 31],
]

describe('two engines', () => {
  test.each(rules)('%s: %j', async (keyword, schema, good, bad) => {
    expect(await check(schema, good)).toEqual({ violations: [], doubtful: [] })
    const { violations, doubtful } = await check(schema, bad)
    expect(violations.map((violation) => violation.keyword)).toEqual([keyword])
    expect(doubtful).toEqual([])
    expect(violations[0]?.expected).not.toBe('no value here')
  })

  test('what only one sees is doubtful, and no violation', async () => {
    // RFC 5321 allows a quoted local part; one engine does not know that.
    const { violations, doubtful } = await check({ format: 'email' }, '"a b"@example.com')
    expect(violations).toEqual([])
    expect(doubtful).toHaveLength(1)
  })

  test('rules that nobody can read are said, not judged', async () => {
    const { violations, doubtful } = await check({ type: 'string', pattern: '([' }, 'x')
    expect(violations).toEqual([])
    expect(doubtful).toEqual([
      'The rule /components/schemas/A/pattern cannot be read and was not judged.',
    ])
  })

  test('nothing stays registered', async () => {
    const before = getAllRegisteredSchemaUris().length
    await check({ type: 'string' }, 'a')
    expect(getAllRegisteredSchemaUris()).toHaveLength(before)
  })
})

describe('circles', () => {
  const tree: JsonObject = {
    type: 'object',
    properties: {
      value: { type: 'integer' },
      children: { type: 'array', items: { $ref: '#/components/schemas/A' } },
    },
  }

  test('are followed as deep as the value goes', async () => {
    const value = { children: [{ children: [{ value: 'x' }] }, { value: 'y' }] }
    expect(await brokenBy(tree, value)).toEqual([
      '/children/0/children/0/value type',
      '/children/1/value type',
    ])
  })

  test('of nothing but references end', async () => {
    const { violations } = await check(
      { allOf: [{ $ref: '#/components/schemas/B' }] },
      1,
      'response',
      { B: { type: 'string' } },
    )
    expect(violations).toHaveLength(1)
  })
})

describe('the cause, not the symptom', () => {
  const card = {
    type: 'object',
    required: ['kind', 'number'],
    properties: { kind: { const: 'card' }, number: { type: 'string' } },
  }
  const cash = { type: 'object', required: ['kind'], properties: { kind: { const: 'cash' } } }

  test('a oneOf is explained by the branch that was meant', async () => {
    expect(await brokenBy({ oneOf: [card, cash] }, { kind: 'card', number: 1 })).toEqual([
      '/number type',
    ])
  })

  test('a value or null is explained by the value', async () => {
    expect(
      await brokenBy(
        { anyOf: [{ $ref: '#/components/schemas/B' }, { type: 'null' }] },
        { kind: 'card' },
        'response',
        { B: card },
      ),
    ).toEqual([' required'])
  })

  test('where no branch was meant, the choice itself is broken', async () => {
    expect(await brokenBy({ oneOf: [card, cash] }, { kind: 'gold' })).toEqual([' oneOf'])
  })
})

describe('readOnly and writeOnly', () => {
  const schema: JsonObject = {
    type: 'object',
    required: ['id', 'secret'],
    properties: {
      id: { type: 'integer', readOnly: true },
      secret: { $ref: '#/components/schemas/Secret' },
    },
  }
  const others = { Secret: { type: 'string', writeOnly: true } }

  test.each([
    ['request', { secret: 's' }, []],
    ['request', { id: 1, secret: 's' }, []],
    ['request', { id: 1 }, [' required']],
    ['response', { id: 1 }, []],
    ['response', { secret: 's', id: 1 }, ['/secret writeOnly']],
    ['response', {}, [' required']],
  ] as const)('%s %j', async (direction, value, expected) => {
    expect(await brokenBy(schema, value, direction, others)).toEqual(expected)
  })

  test('a sibling in allOf may require what another declares', async () => {
    const composed = {
      allOf: [
        { properties: { secret: { type: 'string', writeOnly: true } } },
        { required: ['secret'] },
      ],
    }
    expect(await brokenBy(composed, {}, 'response')).toEqual([])
    expect(await brokenBy(composed, {}, 'request')).toEqual([' required'])
  })
})

test('an open allOf of two open objects stays open', async () => {
  const schema = {
    allOf: [
      { type: 'object', properties: { a: { type: 'integer' } } },
      { type: 'object', properties: { b: { type: 'integer' } } },
    ],
  }
  expect(await brokenBy(schema, { a: 1, b: 2, c: 3 })).toEqual([])
})
