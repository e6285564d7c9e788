import * as fc from 'fast-check'
import {
  arrayOr,
  isObject,
  objectOr,
  typeName,
  type JsonObject,
  type JsonValue,
} from '../../json.ts'
import { flattened } from '../merge.ts'
import { listsOf } from './lists.ts'
import { evenly, nothing, orElse, type Made, type Making } from './made.ts'
import { numbersOf } from './numbers.ts'
import { objectsOf } from './objects.ts'
import { textsOf } from './texts.ts'

/** Deeper than this nothing is made at all: a schema that needs itself has no end. */
const depthMax = 12

/** Parts of one value, all in all: schemas that need themselves twice grow fast. */
const partsMax = 1000

/** Which branches are taken in one composition; more of them repeat these. */
const choicesMax = 8

const keywordsByType: Readonly<Record<string, readonly string[]>> = {
  object: [
    'properties',
    'required',
    'additionalProperties',
    'patternProperties',
    'propertyNames',
    'minProperties',
    'maxProperties',
    'dependentRequired',
    'dependentSchemas',
    'unevaluatedProperties',
  ],
  array: [
    'items',
    'prefixItems',
    'minItems',
    'maxItems',
    'uniqueItems',
    'contains',
    'unevaluatedItems',
  ],
  string: ['minLength', 'maxLength', 'pattern', 'format'],
  number: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
}

const allTypes = ['object', 'array', 'string', 'integer', 'number', 'boolean', 'null']

/** Schemas that a value must not keep, where `not` stands for several. */
const nots = (not: JsonValue | undefined): readonly JsonValue[] =>
  not === undefined
    ? []
    : isObject(not) && Array.isArray(not['anyOf']) && Object.keys(not).length === 1
      ? arrayOr(not['anyOf']).flatMap((one) => nots(one))
      : [not]

const isEmpty = (schema: JsonValue): boolean =>
  schema === true || (isObject(schema) && Object.keys(schema).length === 0)

/** Types that a schema names, or speaks of; all where it does neither. */
const typesOf = (schema: JsonObject): readonly string[] => {
  const { type } = schema
  const excluded = new Set(
    nots(schema['not']).flatMap((one): readonly (JsonValue | undefined)[] => {
      const { type: other, ...rest } = objectOr(one)
      return Object.keys(rest).length > 0 ? [] : [other].flat()
    }),
  )
  const keep = (types: readonly string[]): readonly string[] =>
    types.filter((one) => !excluded.has(one) && !(one === 'integer' && excluded.has('number')))
  if (type !== undefined) return keep([type].flat().filter((one) => typeof one === 'string'))
  const spoken = Object.entries(keywordsByType).flatMap(([name, keywords]) =>
    keywords.some((keyword) => schema[keyword] !== undefined) ? [name] : [],
  )
  const named = keep(spoken)
  return named.length > 0 ? named : keep(allTypes)
}

/** Types that a schema says nothing of, and which it therefore admits. */
const silentTypes = (schema: JsonObject, spoken: readonly string[]): readonly string[] =>
  schema['type'] === undefined
    ? typesOf(schema['not'] === undefined ? {} : { not: schema['not'] }).filter(
        (one) => !spoken.includes(one),
      )
    : []

const isOfType = (value: JsonValue, types: readonly string[]): boolean =>
  types.includes(typeName(value)) || (typeof value === 'number' && types.includes('number'))

/** Values that a schema lists, those of a type that it does not admit left out. */
const listed = (schema: JsonObject): readonly JsonValue[] | undefined => {
  const { const: only, enum: values } = schema
  const all = only !== undefined ? [only] : Array.isArray(values) ? arrayOr(values) : undefined
  if (all === undefined || schema['type'] === undefined) return all
  return all.filter((value) => isOfType(value, typesOf(schema)))
}

const ofType = (type: string, schema: JsonObject, making: Making): fc.Arbitrary<Made> => {
  switch (type) {
    case 'object':
      return objectsOf(schema, making)
    case 'array':
      return listsOf(schema, making)
    case 'string':
      return textsOf(schema)
    case 'integer':
      return numbersOf(schema, true)
    case 'number':
      return numbersOf(schema, false)
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    default:
      return fc.constant(nothing)
  }
}

/** Values of a schema that has no composition any more. */
const ofFlat = (schema: JsonObject, making: Making): fc.Arbitrary<Made> => {
  if (nots(schema['not']).some(isEmpty)) return fc.constant(nothing)
  const values = listed(schema)
  if (values !== undefined)
    return values.length === 0 ? fc.constant(nothing) : fc.constantFrom(...values)
  const types = typesOf(schema)
  // What may be null is so only now and then: it is one value among many.
  const others = types.filter((one) => one !== 'null')
  if (others.length === 0) return types.length === 0 ? fc.constant(nothing) : fc.constant(null)
  const silent = silentTypes(schema, types)
  const made = orElse(fc.oneof(...others.map((type) => ofType(type, schema, making))), () =>
    silent.length === 0
      ? fc.constant(nothing)
      : fc.constantFrom(...silent).chain((type) => ofType(type, {}, making)),
  )
  return types.length === others.length
    ? made
    : fc.oneof({ weight: 4, arbitrary: made }, { weight: 1, arbitrary: fc.constant(null) })
}

const chosen = evenly(0, 2 ** 20)

/**
 * An arbitrary of fast-check that makes values of a schema (JSON Schema 2020-12, as OpenAPI 3.1
 * uses it) for requests: `readOnly` properties are left out. Parts of a schema that need others to
 * be understood - `not`, `oneOf` with branches that overlap, `unevaluatedProperties` - are tried,
 * not reasoned about: whoever uses the values holds them to a validator. `nothing` is made where no
 * value was found. Circular schemas end.
 *
 * @example
 * fc.sample(arbitraryOf({ type: 'integer', minimum: 3, maximum: 4 }, {}), 2) // [3, 4]
 */
export const arbitraryOf = (schema: JsonValue, document: JsonObject): fc.Arbitrary<Made> => {
  let parts = 0
  const build = (raw: JsonValue, depth: number): fc.Arbitrary<Made> => {
    parts += 1
    if (depth > depthMax || parts > partsMax) return fc.constant(nothing)
    const making: Making = { document, depth, inner: (part) => later(part, depth + 1) }
    let branchings = 0
    const flat = flattened(document, raw, () => {
      branchings += 1
      return 0
    })
    if (branchings === 0) return ofFlat(flat, making)
    return fc.array(chosen, { minLength: choicesMax, maxLength: choicesMax }).chain((choices) => {
      let turn = 0
      const choose = (count: number): number => (choices[turn++ % choices.length] ?? 0) % count
      return ofFlat(flattened(document, raw, choose), making)
    })
  }
  // Only what is chosen is built, so that a circle is walked no further than a value goes.
  const later = (raw: JsonValue, depth: number): fc.Arbitrary<Made> =>
    fc.constant(raw).chain((one) => build(one, depth))
  return fc.constant(schema).chain((one) => {
    parts = 0
    return build(one, 0)
  })
}
