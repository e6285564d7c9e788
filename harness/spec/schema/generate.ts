import { createHash } from 'node:crypto'
import { valuesOf } from './arbitrary/values.ts'
import { arrayOr, isObject, named, objectOr, type JsonObject, type JsonValue } from '../json.ts'
import { resolved } from '../pointer.ts'
import { flattened } from './merge.ts'
import type { Schemas } from './schemas.ts'
import { plainText } from './text.ts'

/** What a generator needs to know. */
export interface GenerateOptions {
  readonly document: JsonObject
  readonly schemas: Schemas
  readonly seed: number
  /** Beyond what the schema asks: a part of a path, for example, must not be empty. */
  readonly accepts?: (value: JsonValue) => boolean
}

/** Deeper than this nothing optional is made, and nothing at all twice as deep. */
const depthMax = 6
const attemptsMax = 24

/** Which choices one attempt makes; later attempts vary what earlier ones could not get right. */
interface Attempt {
  readonly document: JsonObject
  readonly index: number
  /** A number that differs by seed and place: for texts and numbers that should not clash. */
  salt(path: string): number
}

const numberOf = (schema: JsonObject, isInteger: boolean, { index }: Attempt): number => {
  const number = (key: string): number | undefined =>
    typeof schema[key] === 'number' ? schema[key] : undefined
  const step = number('multipleOf') ?? (isInteger ? 1 : undefined)
  const least = number('minimum') ?? -Infinity
  const above = number('exclusiveMinimum') ?? -Infinity
  const most = Math.min(number('maximum') ?? Infinity, number('exclusiveMaximum') ?? Infinity)
  const low = Math.max(least, above)
  let value = low === -Infinity ? Math.min(1 + index, most) : low
  if (low === above && low !== -Infinity) value = low + (step ?? Math.min(1, (most - low) / 2))
  if (low === -Infinity && value === number('exclusiveMaximum')) value -= step ?? 1
  if (low > -Infinity && low < 1 && most >= 1 && (low !== above || low < 1)) value = 1
  if (step !== undefined) value = Math.ceil(value / step) * step
  if (value > most && step !== undefined) value = Math.floor(most / step) * step
  return Object.is(value, -0) ? 0 : value
}

const typeOf = (schema: JsonObject): string => {
  const { type } = schema
  const types = Array.isArray(type) ? (type as readonly JsonValue[]) : [type]
  const first = types.find((name) => name !== 'null') ?? types[0]
  if (typeof first === 'string') return first
  if (schema['properties'] !== undefined || schema['required'] !== undefined) return 'object'
  if (schema['items'] !== undefined || schema['prefixItems'] !== undefined) return 'array'
  if (schema['minimum'] !== undefined || schema['maximum'] !== undefined) return 'number'
  return 'string'
}

const arrayOf = (schema: JsonObject, path: string, depth: number, attempt: Attempt): JsonValue => {
  const prefix = arrayOr(schema['prefixItems'])
  const least = typeof schema['minItems'] === 'number' ? schema['minItems'] : 0
  const most = typeof schema['maxItems'] === 'number' ? schema['maxItems'] : Infinity
  const wanted = Math.min(Math.max(least, prefix.length, depth < depthMax ? 1 : 0), most, 50)
  return Array.from({ length: wanted }, (_, index) => {
    const item = prefix[index] ?? schema['items'] ?? schema['contains'] ?? {}
    return valueOf(item, `${path}/${index}`, depth + 1, attempt)
  })
}

const isReadOnly = (document: JsonObject, schema: JsonValue): boolean =>
  isObject(schema) && flattened(document, schema, () => 0)['readOnly'] === true

const objectOf = (schema: JsonObject, path: string, depth: number, attempt: Attempt): JsonValue => {
  const properties = objectOr(schema['properties'])
  const names = new Set(arrayOr(schema['required']).map(named))
  // Required things first: what is optional is added only where earlier attempts were refused.
  const isGenerous = attempt.index % 3 === 2 && depth < depthMax
  if (isGenerous) for (const name of Object.keys(properties)) names.add(name)
  const least = typeof schema['minProperties'] === 'number' ? schema['minProperties'] : 0
  for (const name of Object.keys(properties)) if (names.size < least) names.add(name)
  for (const name of Object.keys(properties)) {
    if (names.has(name)) {
      for (const needed of arrayOr(objectOr(schema['dependentRequired'])[name]))
        names.add(named(needed))
    }
  }
  const result: Record<string, JsonValue> = {}
  for (const name of names) {
    const property = properties[name] ?? schema['additionalProperties'] ?? {}
    if (isReadOnly(attempt.document, property)) continue
    result[name] = valueOf(property, `${path}/${name}`, depth + 1, attempt)
  }
  for (let extra = 1; Object.keys(result).length < least && extra <= least; extra += 1) {
    result[`name${extra}`] = valueOf(
      schema['additionalProperties'] ?? {},
      `${path}/${extra}`,
      depth + 1,
      attempt,
    )
  }
  return result
}

const valueOf = (schema: JsonValue, path: string, depth: number, attempt: Attempt): JsonValue => {
  if (depth > depthMax * 2) return null
  const flat = flattened(attempt.document, schema, (branches) => attempt.index % branches)
  if (flat['const'] !== undefined) return flat['const']
  const values = arrayOr(flat['enum'])
  if (values.length > 0) return values[attempt.index % values.length] ?? null
  // What the document itself shows is better than anything made up.
  const [example] = arrayOr(flat['examples'])
  if (attempt.index < 2 && example !== undefined) return example
  if (attempt.index < 2 && flat['default'] !== undefined) return flat['default']
  switch (typeOf(flat)) {
    case 'object':
      return objectOf(flat, path, depth, attempt)
    case 'array':
      return arrayOf(flat, path, depth, attempt)
    case 'integer':
      return numberOf(flat, true, attempt)
    case 'number':
      return numberOf(flat, false, attempt)
    case 'boolean':
      return attempt.index % 2 === 0
    case 'null':
      return null
    default:
      return plainText(
        {
          ...(typeof flat['format'] === 'string' ? { format: flat['format'] } : {}),
          ...(typeof flat['pattern'] === 'string' ? { pattern: flat['pattern'] } : {}),
          lengthMin: typeof flat['minLength'] === 'number' ? flat['minLength'] : 0,
          lengthMax: typeof flat['maxLength'] === 'number' ? flat['maxLength'] : Infinity,
        },
        attempt.salt(path),
      )
  }
}

/**
 * A value of a schema that no pointer leads to: a part of another. The last word has whoever judges
 * the whole.
 *
 * @example
 * sample({ type: 'string', minLength: 3 }, document, 7, 2)
 */
export const sample = (
  schema: JsonValue,
  document: JsonObject,
  seed: number,
  index: number,
): JsonValue => {
  const salt = (path: string): number =>
    createHash('sha256').update(`${seed} ${path} ${index}`).digest().readUInt32BE(0) % 1_000_000
  return valueOf(schema, '', 0, { document, index, salt })
}

/**
 * One plain, valid value of a schema, the same for the same seed: required things only, short
 * texts, small numbers, `readOnly` properties left out; a random one where that is too plain for the
 * schema. `undefined` where none was found: the schema is impossible, or says more than a generator
 * understands.
 *
 * @example
 * generate('/components/schemas/NewOrder', { document, schemas, seed: 1 }) // { sku: 'text371', quantity: 1 }
 */
export const generate = (
  pointer: string,
  { document, schemas, seed, accepts }: GenerateOptions,
): JsonValue | undefined => {
  const schema = resolved(document, pointer)?.value ?? {}
  for (let index = 0; index < attemptsMax; index += 1) {
    const salt = (path: string): number =>
      createHash('sha256').update(`${seed} ${pointer} ${path} ${index}`).digest().readUInt16BE(0) %
      1000
    const value = valueOf(schema, '', 0, { document, index, salt })
    if (accepts !== undefined && !accepts(value)) continue
    if (schemas.accepts(pointer, 'request', value)) return value
  }
  // Not plain any more, but valid: rules that hang together are met by trying.
  const [random] = valuesOf(pointer, {
    document,
    schemas,
    seed,
    count: 1,
    ...(accepts === undefined ? {} : { accepts }),
  })
  return random
}
