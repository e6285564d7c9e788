import { isObject, type JsonValue } from '../json.ts'

type Kind = 'any' | 'number' | 'string' | 'array' | 'object'

/** Keywords of JSON Schema 2020-12 that a value can break, and what values they speak of. */
const assertions: Readonly<Record<string, Kind>> = {
  type: 'any',
  const: 'any',
  not: 'any',
  multipleOf: 'number',
  maximum: 'number',
  exclusiveMaximum: 'number',
  minimum: 'number',
  exclusiveMinimum: 'number',
  maxLength: 'string',
  minLength: 'string',
  pattern: 'string',
  format: 'any',
  maxItems: 'array',
  minItems: 'array',
  uniqueItems: 'array',
  contains: 'array',
  minContains: 'array',
  maxContains: 'array',
  unevaluatedItems: 'array',
  maxProperties: 'object',
  minProperties: 'object',
  required: 'object',
  additionalProperties: 'object',
  unevaluatedProperties: 'object',
  propertyNames: 'object',
  dependentRequired: 'object',
  dependentSchemas: 'object',
}

/** Whether a member of a schema is a rule that a value can break. */
export const isAssertion = (keyword: string, rule: JsonValue): boolean =>
  Object.hasOwn(assertions, keyword) &&
  // These say nothing unless they forbid something.
  !(rule === true && keyword !== 'uniqueItems') &&
  !(rule === false && keyword === 'uniqueItems')

const kindOf = (value: JsonValue): Kind => {
  if (Array.isArray(value)) return 'array'
  if (isObject(value)) return 'object'
  return typeof value === 'number' ? 'number' : typeof value === 'string' ? 'string' : 'any'
}

/** Whether a rule says anything of such a value. */
export const speaksOf = (keyword: string, value: JsonValue): boolean => {
  const kind = assertions[keyword]
  return kind === 'any' || kind === kindOf(value)
}
