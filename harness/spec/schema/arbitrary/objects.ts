import * as fc from 'fast-check'
import { arrayOr, isObject, named, objectOr, type JsonObject, type JsonValue } from '../../json.ts'
import { flattened } from '../merge.ts'
import { depthOfOptional, evenly, nothing, numberOr, type Made, type Making } from './made.ts'
import { textsOf } from './texts.ts'

/** So many optional properties are there at once, by depth. */
const optionalMax = [40, 8, 3, 1]

const extrasMax = 40

const matches = (pattern: string, name: string): boolean => {
  try {
    return new RegExp(pattern, 'u').test(name)
  } catch {
    return false
  }
}

/** What a schema says of the property of a name. */
const propertyOf = (schema: JsonObject, name: string): JsonValue => {
  const properties = objectOr(schema['properties'])
  const own = Object.hasOwn(properties, name) ? properties[name] : undefined
  const patterns = Object.entries(objectOr(schema['patternProperties']))
  const parts = [
    ...(own === undefined ? [] : [own]),
    ...patterns.flatMap(([pattern, value]) => (matches(pattern, name) ? [value] : [])),
  ]
  if (parts.length === 1) return parts[0] ?? {}
  if (parts.length > 1) return { allOf: parts }
  return schema['additionalProperties'] ?? schema['unevaluatedProperties'] ?? {}
}

/** Names that must not be there, as far as `not` says so plainly. */
const excludedBy = (not: JsonValue | undefined): readonly string[] => {
  const { required, anyOf } = objectOr(not)
  const names = arrayOr(required)
  return [
    ...(names.length === 1 ? names.map(named) : []),
    ...arrayOr(anyOf).flatMap((one) => excludedBy(one)),
  ]
}

const isReadOnly = ({ document }: Making, schema: JsonValue): boolean =>
  isObject(schema) && flattened(document, schema, () => 0)['readOnly'] === true

/** The names with all that they need (JSON Schema 2020-12, validation, 6.5.4), and what else they ask. */
const withDependents = (
  schema: JsonObject,
  names: readonly string[],
  { document }: Making,
): { readonly schema: JsonObject; readonly names: ReadonlySet<string> } => {
  let current = schema
  const all = new Set([...arrayOr(schema['required']).map(named), ...names])
  const applied = new Set<string>()
  let size = -1
  while (size !== all.size) {
    size = all.size
    const needed = objectOr(current['dependentRequired'])
    const schemas = objectOr(current['dependentSchemas'])
    for (const name of all) {
      for (const other of arrayOr(Object.hasOwn(needed, name) ? needed[name] : []))
        all.add(named(other))
      if (!Object.hasOwn(schemas, name) || applied.has(name)) continue
      applied.add(name)
      current = flattened(document, { allOf: [current, schemas[name] ?? {}] }, () => 0)
      for (const other of arrayOr(current['required'])) all.add(named(other))
    }
  }
  return { schema: current, names: all }
}

/** Names that a schema does not list, as it wants them. */
const extraNames = (schema: JsonObject, making: Making): fc.Arbitrary<Made> => {
  const { propertyNames } = schema
  const patterns = Object.keys(objectOr(schema['patternProperties']))
  const rules =
    propertyNames === undefined
      ? {}
      : flattened(making.document, { allOf: [propertyNames] }, () => 0)
  const values = arrayOr(rules['enum']).filter((one) => typeof one === 'string')
  if (typeof rules['const'] === 'string') return fc.constant(rules['const'])
  if (values.length > 0) return fc.constantFrom(...values)
  if (patterns.length > 0)
    return fc.constantFrom(...patterns).chain((pattern) => textsOf({ ...rules, pattern }))
  const plain = fc.string({
    unit: fc.constantFrom(...'abcdefghij'.split('')),
    minLength: 1,
    maxLength: 8,
  })
  return Object.keys(rules).length === 0 ? plain : textsOf({ minLength: 1, ...rules })
}

/** Whether a schema is one of a map: names are what the client wants. */
const isOpen = (schema: JsonObject): boolean =>
  isObject(schema['additionalProperties']) ||
  Object.keys(objectOr(schema['patternProperties'])).length > 0

const entries = (
  schema: JsonObject,
  names: readonly string[],
  making: Making,
): fc.Arbitrary<Made> => {
  const required = new Set(arrayOr(schema['required']).map(named))
  const least = numberOr(schema, 'minProperties', 0)
  const parts = names.map((name) => making.inner(propertyOf(schema, name)))
  return fc.tuple(...parts).map((values): Made => {
    const made: [string, JsonValue][] = []
    for (const [index, value] of values.entries()) {
      const name = names[index] ?? ''
      if (value !== nothing) made.push([name, value])
      else if (required.has(name)) return nothing
    }
    return made.length < least ? nothing : Object.fromEntries(made)
  })
}

/**
 * Objects of a schema: with what is required, some of what is optional, and names of their own where
 * it is a map. `readOnly` properties are left out: they are for answers (OpenAPI 3.1, 4.8.24.3).
 */
export const objectsOf = (schema: JsonObject, making: Making): fc.Arbitrary<Made> => {
  const { depth } = making
  const least = numberOr(schema, 'minProperties', 0)
  const most = numberOr(schema, 'maxProperties', Infinity)
  if (least > most || least > extrasMax) return fc.constant(nothing)
  const excluded = new Set(excludedBy(schema['not']))
  const isUsable = (name: string): boolean =>
    !excluded.has(name) && !isReadOnly(making, propertyOf(schema, name))
  const required = arrayOr(schema['required']).map(named)
  const optional = Object.keys(objectOr(schema['properties'])).filter(
    (name) => !required.includes(name) && isUsable(name),
  )
  const room = Math.max(0, Math.min(most - required.length, optional.length))
  const usual = depth >= depthOfOptional ? 0 : (optionalMax[depth] ?? 1)
  const high = Math.min(room, Math.max(usual, least - required.length))
  const chosen = fc.oneof(
    { weight: 4, arbitrary: fc.noBias(fc.subarray(optional, { maxLength: high })) },
    { weight: 1, arbitrary: fc.constant(optional.slice(0, high)) },
  )
  return chosen.chain((some) => {
    const whole = withDependents(schema, some, making)
    const kept = [...whole.names].filter(isUsable)
    const missing = Math.max(0, least - kept.length)
    const extras = isOpen(whole.schema) && depth < depthOfOptional ? 3 : 0
    const count = evenly(missing, Math.max(missing, Math.min(most - kept.length, missing + extras)))
    const spare = Math.max(0, missing) * 2
    return count
      .chain((number) =>
        fc
          .array(extraNames(whole.schema, making), {
            minLength: number,
            maxLength: number + spare,
          })
          .map((names) => [number, names] as const),
      )
      .chain(([number, names]) => {
        const others = new Set(
          names.filter((name) => typeof name === 'string' && !kept.includes(name)),
        )
        const all = [...kept, ...[...others].slice(0, number)] as readonly string[]
        return entries(whole.schema, all, making)
      })
  })
}
