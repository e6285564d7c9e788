import { describe, expect, test } from 'vitest'
import type { JsonObject, JsonValue } from '../../json.ts'
import { placesIn, type ValuePlace } from '../places.ts'
import { closedBroken, enumBroken, nullBroken, requiredBroken, typesBroken } from './broken.ts'
import { listsInside, listsOutside, propertiesOutside } from './lists.ts'
import { branchesInside, membersInside, optionalInside } from './members.ts'
import { numbersInside, numbersOutside } from './numbers.ts'
import {
  formatsBroken,
  patternsBroken,
  textsInside,
  textsOutside,
  textsOfTheWorld,
} from './texts.ts'
import type { VaryContext, Variation } from './variation.ts'

type Vary = (place: ValuePlace, context: VaryContext) => readonly Variation[]

const variationsOf = (vary: Vary, schema: JsonObject, value: JsonValue): readonly Variation[] =>
  placesIn({}, schema, value).flatMap((place) => vary(place, { document: {}, seed: 1 }))

const valuesOf = (vary: Vary, schema: JsonObject, value: JsonValue) =>
  variationsOf(vary, schema, value).map((one) => one.value)

const wordsOf = (vary: Vary, schema: JsonObject, value: JsonValue) =>
  variationsOf(vary, schema, value).map(({ words }) => words)

describe('numbers', () => {
  test.each<[JsonObject, readonly number[], readonly number[]]>([
    [{ type: 'integer', minimum: 1, maximum: 100 }, [1, 2, 100, 99], [0, 101]],
    [{ type: 'integer', exclusiveMinimum: 0, exclusiveMaximum: 501 }, [1, 2, 500, 499], [0, 501]],
    [{ type: 'number', minimum: 0.5, multipleOf: 0.5 }, [0.5, 1], [0, 3.25]],
    [{ type: 'number', exclusiveMinimum: 0 }, [0.01, 0.02], [0]],
  ])('%j: on each bound and beside it', (schema, inside, outside) => {
    expect(valuesOf(numbersInside, schema, 3)).toEqual(inside)
    expect(valuesOf(numbersOutside, schema, 3)).toEqual(outside)
  })
})

describe('texts', () => {
  test('of the shortest and longest length, counted in characters', () => {
    const schema = { type: 'string', minLength: 3, maxLength: 5 }
    expect(valuesOf(textsInside, schema, 'ab🎉d')).toEqual(['ab🎉', 'ab🎉d', 'ab🎉dx', 'ab🎉d'])
    expect(valuesOf(textsOutside, schema, 'ab🎉d')).toEqual(['ab', 'ab🎉dxx'])
  })

  test('keep their pattern and stay an email address', () => {
    const pattern = { type: 'string', pattern: '^[A-Z]+$', maxLength: 4 }
    expect(valuesOf(textsOutside, pattern, 'AB')).toEqual(['ABBBB'])
    const email = { type: 'string', format: 'email', maxLength: 20 }
    const [text] = valuesOf(textsOutside, email, 'ann@example.com')
    expect(text).toMatch(/^annx+@example\.com$/)
    expect(text).toHaveLength(21)
  })

  test('in other scripts only where every way of counting allows them', () => {
    expect(valuesOf(textsOfTheWorld, { type: 'string', maxLength: 8 }, 'a')).toEqual(['🎉é'])
    expect(valuesOf(textsOfTheWorld, { type: 'string', maxLength: 2 }, 'a')).toEqual([])
  })

  test('that miss a pattern by a hair, a format by the whole', () => {
    const pattern = { type: 'string', pattern: '^[A-Z]{3}$' }
    expect(valuesOf(patternsBroken, pattern, 'ABC')).toEqual(
      expect.arrayContaining(['ABC!', '!ABC', 'AB', 'ABCC', 'abc']),
    )
    for (const format of ['date', 'date-time', 'uuid', 'email'])
      expect(valuesOf(formatsBroken, { type: 'string', format }, 'x').length).toBeGreaterThan(0)
  })
})

describe('lists and objects', () => {
  test('with as many items as may be, and one more; all different where they must be', () => {
    const items = { type: 'string', enum: ['a', 'b', 'c'] }
    const schema = { type: 'array', minItems: 1, maxItems: 2, uniqueItems: true, items }
    expect(valuesOf(listsInside, schema, ['a'])).toEqual([['a'], ['a', 'b'], ['a', 'b'], ['a']])
    expect(valuesOf(listsOutside, schema, ['a'])).toEqual([[], ['a', 'b', 'c'], ['a', 'a']])
  })

  test('one too many, also where there are not so many different ones', () => {
    const items = { type: 'string', enum: ['a', 'b'] }
    const schema = { type: 'array', maxItems: 2, uniqueItems: true, items }
    expect(valuesOf(listsOutside, schema, ['a'])).toEqual([
      ['a', 'b', 'a'],
      ['a', 'a'],
    ])
    expect(valuesOf(listsInside, { ...schema, maxItems: 3 }, ['a'])).toEqual([['a', 'b']])
  })

  test('with a property too few', () => {
    expect(valuesOf(propertiesOutside, { minProperties: 2 }, { a: 1, b: 2 })).toEqual([{ a: 1 }])
  })

  const order = {
    type: 'object',
    required: ['lines'],
    properties: {
      lines: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['sku'],
          properties: { sku: { type: 'string' }, note: { type: 'string' } },
        },
      },
    },
  }
  const value = { lines: [{ sku: 'A' }] }

  test('at every depth: what is required is left out, what is optional comes and goes', () => {
    expect(wordsOf(requiredBroken, order, value)).toEqual([
      '"lines" is left out',
      '"lines[0].sku" is left out',
    ])
    expect(wordsOf(optionalInside, order, value)).toEqual(['"lines[0].note" is there'])
  })

  test('an unknown property breaks only what is closed', () => {
    expect(wordsOf(closedBroken, order, value)).toEqual([
      '"lines[0]" has the unknown property "proofbookExtra"',
    ])
  })
})

describe('members and types', () => {
  test('each member of an enum, both truth values, null where it may be', () => {
    expect(valuesOf(membersInside, { enum: ['a', 'b'] }, 'a')).toEqual(['b'])
    expect(valuesOf(membersInside, { type: 'boolean' }, true)).toEqual([false])
    expect(valuesOf(membersInside, { type: ['string', 'null'] }, 'a')).toEqual([null])
  })

  test('another branch of oneOf', () => {
    const branch = (kind: string): JsonObject => ({
      type: 'object',
      required: ['kind'],
      properties: { kind: { const: kind } },
    })
    const schema = { oneOf: [branch('card'), branch('cash')] }
    expect(valuesOf(branchesInside, schema, { kind: 'card' })).toContainEqual({ kind: 'cash' })
  })

  test('no member, no type that is admitted, null only where it is not', () => {
    expect(valuesOf(enumBroken, { enum: ['open', 'paid'] }, 'open')).toEqual(['proofbook', 'OPEN'])
    expect(valuesOf(typesBroken, { type: ['integer', 'string'] }, 1)).toEqual([1.5, true])
    expect(valuesOf(nullBroken, { type: ['string', 'null'] }, 'a')).toEqual([])
    expect(valuesOf(nullBroken, { type: 'string' }, 'a')).toEqual([null])
    expect(valuesOf(nullBroken, {}, 'a')).toEqual([])
  })
})
