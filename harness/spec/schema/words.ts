import { arrayOr, isObject, named, shown, typeName, type JsonValue } from '../json.ts'

/** What a rule asks for and what came in its place, in words. */
export interface Words {
  readonly expected: string
  readonly actual: string
}

const oneOf = (values: readonly JsonValue[]): string => {
  const all = values.map((value) => shown(value, 40))
  return all.length === 1
    ? (all[0] ?? '')
    : `one of ${all.slice(0, 12).join(', ')}${all.length > 12 ? ', …' : ''}`
}

const typesOf = (rule: JsonValue): string => (Array.isArray(rule) ? rule.join(' or ') : named(rule))

const lengthOf = (value: JsonValue): string =>
  typeof value === 'string'
    ? `${Array.from(value).length} characters: ${shown(value)}`
    : Array.isArray(value)
      ? `${value.length} items`
      : isObject(value)
        ? `${Object.keys(value).length} properties`
        : shown(value)

const expectations: Readonly<Record<string, (rule: JsonValue) => string>> = {
  type: typesOf,
  const: (rule) => shown(rule),
  enum: (rule) => oneOf(arrayOr(rule)),
  format: (rule) => `a string in the format ${named(rule)}`,
  pattern: (rule) => `a string that matches ${named(rule)}`,
  minimum: (rule) => `at least ${named(rule)}`,
  maximum: (rule) => `at most ${named(rule)}`,
  exclusiveMinimum: (rule) => `more than ${named(rule)}`,
  exclusiveMaximum: (rule) => `less than ${named(rule)}`,
  multipleOf: (rule) => `a multiple of ${named(rule)}`,
  minLength: (rule) => `at least ${named(rule)} characters`,
  maxLength: (rule) => `at most ${named(rule)} characters`,
  minItems: (rule) => `at least ${named(rule)} items`,
  maxItems: (rule) => `at most ${named(rule)} items`,
  minProperties: (rule) => `at least ${named(rule)} properties`,
  maxProperties: (rule) => `at most ${named(rule)} properties`,
  uniqueItems: () => 'no item twice',
  contains: () => 'an item that matches "contains"',
  anyOf: (rule) => `a value that matches one of the ${arrayOr(rule).length} schemas of anyOf`,
  oneOf: (rule) =>
    `a value that matches exactly one of the ${arrayOr(rule).length} schemas of oneOf`,
  not: () => 'a value that does not match the schema under "not"',
  writeOnly: () => 'no such property in a response: it is writeOnly',
  propertyNames: () => 'property names that match "propertyNames"',
  dependentRequired: (rule) => `the properties that others need: ${shown(rule)}`,
  additionalProperties: () => 'no other property than the documented ones',
  unevaluatedProperties: () => 'no other property than the documented ones',
  unevaluatedItems: () => 'no further item',
  items: () => 'no further item',
  prefixItems: () => 'no such item',
}

const measured: ReadonlySet<string> = new Set([
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
])

/**
 * A broken rule in words.
 *
 * @example
 * wordsFor('type', 'integer', '12') // { expected: 'integer', actual: '"12" (string)' }
 */
export const wordsFor = (keyword: string, rule: JsonValue | undefined, value: JsonValue): Words => {
  const expectation = Object.hasOwn(expectations, keyword) ? expectations[keyword] : undefined
  return {
    expected: expectation === undefined || rule === undefined ? 'no value here' : expectation(rule),
    actual: measured.has(keyword)
      ? lengthOf(value)
      : keyword === 'type'
        ? `${shown(value)} (${typeName(value)})`
        : shown(value),
  }
}
