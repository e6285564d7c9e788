import { arrayOr, isObject, type JsonObject, type JsonValue } from '../json.ts'

const types: ReadonlySet<JsonValue> = new Set([
  'null',
  'boolean',
  'object',
  'array',
  'number',
  'string',
  'integer',
])

/** The formats that both engines assert: any other one says nothing that could be confirmed. */
const formats: ReadonlySet<JsonValue> = new Set([
  'date-time',
  'date',
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
])

const isType = (value: JsonValue): boolean => types.has(value)
const isNumber = (value: JsonValue): boolean => typeof value === 'number'
const isCount = (value: JsonValue): boolean => typeof value === 'number' && value >= 0
const isBoolean = (value: JsonValue): boolean => typeof value === 'boolean'
const isSchema = (value: JsonValue): boolean => isObject(value) || isBoolean(value)
const isMap = (value: JsonValue): boolean => isObject(value)
const isList = (value: JsonValue): boolean => Array.isArray(value) && value.length > 0
const isNames = (value: JsonValue): boolean =>
  Array.isArray(value) && value.every((name) => typeof name === 'string')

const isPattern = (value: JsonValue): boolean => {
  if (typeof value !== 'string') return false
  try {
    // JSON Schema 2020-12, 6.4: patterns are read with Unicode support.
    return new RegExp(value, 'u') instanceof RegExp
  } catch {
    return false
  }
}

/**
 * The keywords of JSON Schema 2020-12 that say something about a value, each with what its own
 * value must be. Anything else a document writes is no rule that an answer could break.
 */
const keywords: Readonly<Record<string, (value: JsonValue) => boolean>> = {
  $ref: (value) => typeof value === 'string' && value.startsWith('#'),
  type: (value) => isType(value) || (isList(value) && (value as JsonValue[]).every(isType)),
  enum: isList,
  const: () => true,
  multipleOf: (value) => typeof value === 'number' && value > 0,
  maximum: isNumber,
  minimum: isNumber,
  exclusiveMaximum: isNumber,
  exclusiveMinimum: isNumber,
  maxLength: isCount,
  minLength: isCount,
  pattern: isPattern,
  format: (value) => typeof value === 'string',
  maxItems: isCount,
  minItems: isCount,
  uniqueItems: isBoolean,
  maxContains: isCount,
  minContains: isCount,
  maxProperties: isCount,
  minProperties: isCount,
  required: isNames,
  dependentRequired: (value) => isObject(value) && Object.values(value).every(isNames),
  dependentSchemas: isMap,
  properties: isMap,
  patternProperties: (value) => isObject(value) && Object.keys(value).every(isPattern),
  additionalProperties: isSchema,
  unevaluatedProperties: isSchema,
  unevaluatedItems: isSchema,
  propertyNames: isSchema,
  contains: isSchema,
  items: isSchema,
  prefixItems: isList,
  allOf: isList,
  anyOf: isList,
  oneOf: isList,
  not: isSchema,
  ...Object.fromEntries(['if', 'then', 'else'].map((key) => [key, isSchema])),
}

/** Earlier drafts wrote a tuple as a list under `items`. */
const withTuples = (schema: JsonObject): JsonObject => {
  const { items, additionalItems, ...rest } = schema
  if (!Array.isArray(items)) return schema
  return {
    ...rest,
    ...(items.length === 0 ? {} : { prefixItems: items }),
    ...(additionalItems === undefined ? {} : { items: additionalItems }),
  }
}

/** OpenAPI's `int32` bounds a value (OpenAPI 3.1, 4.4); both engines understand it as bounds. */
const withBounds = (schema: JsonObject): JsonObject => {
  if (schema['format'] !== 'int32') return schema
  const { format: _, allOf, ...rest } = schema
  const bounds = { minimum: -(2 ** 31), maximum: 2 ** 31 - 1 }
  return { ...rest, allOf: [...arrayOr(allOf), bounds] }
}

/** What is left of a schema for the engines, and the keywords that were unusable. */
export interface Sound {
  readonly schema: JsonObject
  readonly unusable: readonly string[]
}

/**
 * Keeps the keywords of a schema (without its subschemas' keywords) that are rules and that both
 * engines can read. A keyword with an impossible value is left out and named: such a rule is not
 * judged, rather than judged wrongly.
 */
export const sound = (schema: JsonObject): Sound => {
  const kept: Record<string, JsonValue> = {}
  const unusable: string[] = []
  for (const [key, value] of Object.entries(withTuples(schema))) {
    const accepts = Object.hasOwn(keywords, key) ? keywords[key] : undefined
    if (accepts === undefined) continue
    if (key === 'format' && value !== 'int32' && !formats.has(value)) continue
    if (accepts(value)) kept[key] = value
    else unusable.push(key)
  }
  return { schema: withBounds(kept), unusable }
}
