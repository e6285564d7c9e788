import { arrayOr, isObject, objectOr, type JsonObject, type JsonValue } from '../json.ts'
import { pointerOfReference, resolved } from '../pointer.ts'

/** Chains of references and compositions longer than this end in "anything". */
const depthMax = 30

const tighter: Readonly<Record<string, (a: number, b: number) => number>> = {
  minimum: Math.max,
  exclusiveMinimum: Math.max,
  minLength: Math.max,
  minItems: Math.max,
  minProperties: Math.max,
  minContains: Math.max,
  maximum: Math.min,
  exclusiveMaximum: Math.min,
  maxLength: Math.min,
  maxItems: Math.min,
  maxProperties: Math.min,
  maxContains: Math.min,
}

const typesOf = (value: JsonValue | undefined): readonly JsonValue[] | undefined =>
  value === undefined ? undefined : Array.isArray(value) ? (value as readonly JsonValue[]) : [value]

const commonTypes = (a: JsonValue, b: JsonValue): JsonValue => {
  const second = typesOf(b) ?? []
  const both = (typesOf(a) ?? []).flatMap((type) => {
    if (second.includes(type)) return [type]
    if (type === 'number' && second.includes('integer')) return ['integer']
    return type === 'integer' && second.includes('number') ? ['integer'] : []
  })
  return both.length === 1 ? (both[0] ?? null) : both
}

const mapKeys: ReadonlySet<string> = new Set([
  'properties',
  'patternProperties',
  'dependentSchemas',
])
const schemaKeys: ReadonlySet<string> = new Set(['items', 'additionalProperties', 'propertyNames'])

const bothTuples = (a: readonly JsonValue[], b: readonly JsonValue[]): readonly JsonValue[] =>
  Array.from({ length: Math.max(a.length, b.length) }, (_, index) => {
    const [first, second] = [a[index], b[index]]
    if (first === undefined || second === undefined) return first ?? second ?? {}
    return { allOf: [first, second] }
  })

const both = (key: string, a: JsonValue, b: JsonValue): JsonValue => {
  if (key === 'type') return commonTypes(a, b)
  if (key === 'required') return [...new Set([...arrayOr(a), ...arrayOr(b)])]
  if (key === 'enum') {
    const second = new Set(arrayOr(b).map((value) => JSON.stringify(value)))
    return arrayOr(a).filter((value) => second.has(JSON.stringify(value)))
  }
  if (mapKeys.has(key)) {
    const result: Record<string, JsonValue> = { ...objectOr(a) }
    for (const [name, schema] of Object.entries(objectOr(b))) {
      const first = Object.hasOwn(result, name) ? result[name] : undefined
      result[name] = first === undefined ? schema : { allOf: [first, schema] }
    }
    return result
  }
  if (schemaKeys.has(key)) {
    return isObject(a) && isObject(b)
      ? { allOf: [a, b] }
      : a === false || b === false
        ? false
        : isObject(a)
          ? a
          : b
  }
  if (key === 'not') return { anyOf: [a, b] }
  if (key === 'uniqueItems') return a === true || b === true
  if (key === 'prefixItems') return bothTuples(arrayOr(a), arrayOr(b))
  if (key === 'dependentRequired') {
    const result: Record<string, JsonValue> = { ...objectOr(a) }
    for (const [name, names] of Object.entries(objectOr(b)))
      result[name] = [...arrayOr(result[name]), ...arrayOr(names)]
    return result
  }
  const narrow = Object.hasOwn(tighter, key) ? tighter[key] : undefined
  return narrow !== undefined && typeof a === 'number' && typeof b === 'number' ? narrow(a, b) : b
}

const isMatch = (pattern: string, name: string): boolean => {
  try {
    return new RegExp(pattern, 'u').test(name)
  } catch {
    return false
  }
}

/** A schema under what another says of all properties that it does not name itself. */
const closedBy = (schema: JsonObject, other: JsonObject): JsonObject => {
  const { properties, patternProperties, additionalProperties: rest = true } = other
  if (rest === true || schema['properties'] === undefined) return schema
  const patterns = Object.keys(objectOr(patternProperties))
  const closed = Object.entries(objectOr(schema['properties'])).map(([name, value]) => {
    const isNamed =
      Object.hasOwn(objectOr(properties), name) || patterns.some((one) => isMatch(one, name))
    return [name, isNamed ? value : { allOf: [value, rest] }] as const
  })
  return { ...schema, properties: Object.fromEntries(closed) }
}

const merged = (first: JsonObject, second: JsonObject): JsonObject => {
  const a = closedBy(first, second)
  const b = closedBy(second, first)
  const result: Record<string, JsonValue> = { ...a }
  for (const [key, value] of Object.entries(b)) {
    const known = result[key]
    result[key] = known === undefined ? value : both(key, known, value)
  }
  return result
}

/**
 * A schema with its references followed and its compositions joined, one level deep, as far as that
 * can be done without reasoning: bounds tighten, types and enums intersect, required adds up. Of
 * anyOf and oneOf the branch is taken that `choose` says. For generating, where the validator has
 * the last word.
 */
export const flattened = (
  document: JsonObject,
  schema: JsonValue,
  choose: (count: number, branches: readonly JsonValue[]) => number,
  depth = 0,
): JsonObject => {
  if (schema === false) return { not: {} }
  if (!isObject(schema) || depth > depthMax) return {}
  const {
    $ref: reference,
    allOf,
    anyOf,
    oneOf,
    if: condition,
    then: held = {},
    else: otherwise = {},
    ...own
  } = schema
  let result: JsonObject = own
  const add = (part: JsonValue | undefined): void => {
    if (part !== undefined) result = merged(flattened(document, part, choose, depth + 1), result)
  }
  if (typeof reference === 'string' && reference.startsWith('#')) {
    add(resolved(document, pointerOfReference(reference))?.value)
  }
  for (const member of arrayOr(allOf)) add(member)
  const conditional: readonly JsonValue[] =
    condition === undefined
      ? []
      : // Whoever takes the first branch of everything hears nothing of the condition.
        [{ allOf: [{ not: condition }, otherwise] }, { allOf: [condition, held] }]
  for (const branches of [arrayOr(anyOf), arrayOr(oneOf), conditional]) {
    if (branches.length > 0) add(branches[choose(branches.length, branches)])
  }
  return result
}
