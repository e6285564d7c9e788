import { arrayOr, isObject, named, objectOr, type JsonObject, type JsonValue } from '../json.ts'
import { below, segmentsOf } from '../pointer.ts'
import { flattened } from './merge.ts'

/** One part of a value, with the schema that speaks for it. */
export interface ValuePlace {
  /** JSON Pointer into the value. */
  readonly at: string
  /** Absent: it may be there, and is not. */
  readonly value?: JsonValue
  /** Its schema, references followed and the branch taken that the value is meant for. */
  readonly schema: JsonObject
  /** The schema as it is written, for choosing other branches. */
  readonly raw: JsonValue
  readonly isRequired: boolean
}

const depthMax = 8
const placesMax = 150

const typesOf = (schema: JsonObject): readonly JsonValue[] =>
  schema['type'] === undefined
    ? []
    : Array.isArray(schema['type'])
      ? arrayOr(schema['type'])
      : [schema['type']]

const isOfType = (value: JsonValue, type: JsonValue): boolean => {
  if (type === 'null') return value === null
  if (type === 'array') return Array.isArray(value)
  if (type === 'object') return isObject(value)
  if (type === 'integer') return Number.isInteger(value)
  return typeof value === type
}

/** Whether a value looks as if it were meant for a branch: what tells branches apart is right. */
const isMeantFor = (document: JsonObject, branch: JsonValue, value: JsonValue): boolean => {
  const schema = flattened(document, branch, () => 0)
  const types = typesOf(schema)
  if (types.length > 0 && !types.some((type) => isOfType(value, type))) return false
  if (schema['const'] !== undefined && JSON.stringify(schema['const']) !== JSON.stringify(value))
    return false
  if (!isObject(value)) {
    const values = arrayOr(schema['enum'])
    return values.length === 0 || values.some((one) => one === value)
  }
  if (arrayOr(schema['required']).some((name) => !Object.hasOwn(value, named(name)))) return false
  const properties = objectOr(schema['properties'])
  if (
    schema['additionalProperties'] === false &&
    Object.keys(value).some((name) => !Object.hasOwn(properties, name))
  )
    return false
  return Object.entries(properties).every(([name, property]) => {
    const inner = value[name]
    if (inner === undefined) return true
    const { const: only, enum: values } = flattened(document, property, () => 0)
    if (only !== undefined) return only === inner
    return arrayOr(values).length === 0 || arrayOr(values).some((one) => one === inner)
  })
}

/**
 * A schema, one level deep, as it speaks for a value: of anyOf and oneOf the branch that the value
 * is meant for.
 */
export const schemaFor = (
  document: JsonObject,
  raw: JsonValue,
  value: JsonValue | undefined,
): JsonObject =>
  flattened(document, raw, (_, branches) => {
    if (value === undefined) return 0
    const index = branches.findIndex((branch) => isMeantFor(document, branch, value))
    return Math.max(0, index)
  })

/**
 * All places of a value, the outermost first: what is there, and what might be. Of an array the
 * first item speaks for all.
 *
 * @example
 * placesIn(document, { type: 'object', properties: { a: {} } }, {}).map(({ at }) => at) // ['', '/a']
 */
export const placesIn = (
  document: JsonObject,
  raw: JsonValue,
  value: JsonValue | undefined,
): readonly ValuePlace[] => {
  const places: ValuePlace[] = []
  const visit = (
    schemaOf: JsonValue,
    at: string,
    part: JsonValue | undefined,
    isRequired: boolean,
  ): void => {
    if (places.length >= placesMax || segmentsOf(at).length > depthMax) return
    const schema = schemaFor(document, schemaOf, part)
    if (schema['readOnly'] === true) return
    places.push({
      at,
      schema,
      raw: schemaOf,
      isRequired,
      ...(part === undefined ? {} : { value: part }),
    })
    if (isObject(part)) {
      const required = arrayOr(schema['required'])
      for (const [name, property] of Object.entries(objectOr(schema['properties'])))
        visit(property, below(at, name), part[name], required.includes(name))
    }
    if (Array.isArray(part) && part.length > 0) {
      const item = arrayOr(schema['prefixItems'])[0] ?? schema['items']
      if (item !== undefined) visit(item, below(at, 0), (part as readonly JsonValue[])[0], true)
    }
  }
  visit(raw, '', value, true)
  return places
}

/** A value with one part of it replaced, or taken away where nothing is given. */
export const replacedAt = (
  root: JsonValue,
  pointer: string,
  part: JsonValue | undefined,
): JsonValue => {
  const [head, ...rest] = segmentsOf(pointer)
  if (head === undefined) return part ?? null
  const inner = below('', ...rest)
  if (Array.isArray(root)) {
    const list = [...(root as readonly JsonValue[])]
    if (part === undefined && rest.length === 0) list.splice(Number(head), 1)
    else list[Number(head)] = replacedAt(list[Number(head)] ?? null, inner, part)
    return list
  }
  if (!isObject(root)) return root
  if (part === undefined && rest.length === 0) {
    const { [head]: _, ...others } = root
    return others
  }
  return { ...root, [head]: replacedAt(root[head] ?? {}, inner, part) }
}
