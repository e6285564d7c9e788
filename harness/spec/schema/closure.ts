import { arrayOr, isObject, named, objectOr, type JsonObject, type JsonValue } from '../json.ts'
import { below, pointerOfReference, resolved, segmentsOf, valueAt } from '../pointer.ts'
import { sound } from './keywords.ts'

/** Whether a value is on its way to the provider or from it: `readOnly` and `writeOnly` depend on it. */
export type Direction = 'request' | 'response'

/** A schema with all that it refers to, on its own. */
export interface Closure {
  /** References lead to `#/$defs/…` in it and nowhere else. */
  readonly schema: JsonObject
  /** The pointer in the document of anything in {@link Closure.schema}, given by its own pointer. */
  original(pointer: string): string
  /** Keywords that no engine can read, by pointer: rules that are not judged. */
  readonly unusable: readonly string[]
}

interface Part {
  readonly schema: JsonValue
  readonly references: readonly string[]
  readonly unusable: readonly string[]
}

const subschemaMaps = ['properties', 'patternProperties', 'dependentSchemas']
const subschemaLists = ['allOf', 'anyOf', 'oneOf', 'prefixItems']
const subschemas = [
  'additionalProperties',
  'unevaluatedProperties',
  'unevaluatedItems',
  'propertyNames',
  'contains',
  'items',
  'not',
  'if',
  'then',
  'else',
]

/** Marks a property that must not be there; both engines report it under `not`. */
const never: JsonObject = { not: {} }

const isMarked = (
  document: JsonObject,
  schema: JsonValue,
  mark: string,
  pointer: string,
): boolean => {
  if (!isObject(schema)) return false
  if (schema[mark] === true) return true
  const target = resolved(document, pointer)?.value
  if (isObject(target) && target[mark] === true) return true
  return arrayOr(schema['allOf']).some(
    (member, index) =>
      isObject(member) &&
      (member[mark] === true || isMarked(document, member, mark, below(pointer, 'allOf', index))),
  )
}

/** Names of properties with a mark, in a schema and in what it is composed of. */
const markedNames = (
  document: JsonObject,
  pointer: string,
  mark: string,
  seen: Set<string> = new Set(),
): ReadonlySet<string> => {
  const found = resolved(document, pointer)
  if (found === undefined || seen.has(found.pointer) || !isObject(found.value)) return new Set()
  seen.add(found.pointer)
  const own = Object.entries(objectOr(found.value['properties'])).filter(([name, schema]) =>
    isMarked(document, schema, mark, below(found.pointer, 'properties', name)),
  )
  const names = new Set(own.map(([name]) => name))
  for (const key of ['allOf', 'anyOf', 'oneOf']) {
    for (const index of arrayOr(found.value[key]).keys()) {
      for (const name of markedNames(document, below(found.pointer, key, index), mark, seen))
        names.add(name)
    }
  }
  return names
}

/**
 * Makes closures of a document's schemas.
 *
 * `readOnly` properties of requests and `writeOnly` ones of responses are not required; a
 * `writeOnly` one must not be in a response at all (OpenAPI 3.1, 4.8.24.3; JSON Schema validation
 * 2020-12, 9.4).
 */
export const closures = (
  document: JsonObject,
): ((pointer: string, direction: Direction) => Closure) => {
  const parts = new Map<string, Part>()
  const namesByPointer = new Map<string, string>()
  const nameOf = (pointer: string): string => {
    const name = namesByPointer.get(pointer) ?? `s${namesByPointer.size}`
    namesByPointer.set(pointer, name)
    return name
  }

  const partOf = (root: string, direction: Direction): Part => {
    const key = `${direction} ${root}`
    const known = parts.get(key)
    if (known !== undefined) return known
    const references: string[] = []
    const unusable: string[] = []
    const mark = direction === 'request' ? 'readOnly' : 'writeOnly'

    const convert = (value: JsonValue, pointer: string, hidden: ReadonlySet<string>): JsonValue => {
      if (!isObject(value)) return typeof value === 'boolean' ? value : true
      const { schema, unusable: bad } = sound(value)
      unusable.push(...bad.map((keyword) => below(pointer, keyword)))
      const result: Record<string, JsonValue> = { ...schema }
      const reference = schema['$ref']
      if (typeof reference === 'string') {
        const target = pointerOfReference(reference)
        if (valueAt(document, target) === undefined) delete result['$ref']
        else {
          references.push(target)
          result['$ref'] = `#/$defs/${nameOf(target)}`
        }
      }
      // An inner part of an allOf may require what a sibling of it declares.
      const concealed = hidden.union(markedNames(document, pointer, mark))
      if (schema['required'] !== undefined) {
        const names = arrayOr(schema['required']).filter((name) => !concealed.has(named(name)))
        if (names.length === 0) delete result['required']
        else result['required'] = names
      }
      for (const keyword of subschemaMaps) {
        if (schema[keyword] === undefined) continue
        result[keyword] = Object.fromEntries(
          Object.entries(objectOr(schema[keyword])).map(([name, child]) => {
            const at = below(pointer, keyword, name)
            const forbidden =
              direction === 'response' &&
              keyword === 'properties' &&
              isMarked(document, child, mark, at)
            return [name, forbidden ? never : convert(child, at, new Set())]
          }),
        )
      }
      for (const keyword of subschemaLists) {
        if (schema[keyword] === undefined) continue
        result[keyword] = arrayOr(schema[keyword]).map((child, index) =>
          convert(
            child,
            below(pointer, keyword, index),
            keyword === 'prefixItems' ? new Set() : concealed,
          ),
        )
      }
      for (const keyword of subschemas) {
        const child = schema[keyword]
        if (child !== undefined)
          result[keyword] = convert(child, below(pointer, keyword), new Set())
      }
      return result
    }

    const part = {
      schema: convert(valueAt(document, root) ?? true, root, new Set()),
      references,
      unusable,
    }
    parts.set(key, part)
    return part
  }

  return (pointer, direction) => {
    const definitions: Record<string, JsonValue> = {}
    const originals = new Map<string, string>()
    const unusable: string[] = []
    const waiting = [pointer]
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const name = nameOf(next)
      if (Object.hasOwn(definitions, name)) continue
      const part = partOf(next, direction)
      definitions[name] = part.schema
      originals.set(name, next)
      unusable.push(...part.unusable)
      waiting.push(...part.references)
    }
    return {
      schema: { $ref: `#/$defs/${nameOf(pointer)}`, $defs: definitions },
      original: (inner) => {
        const [, name = '', ...rest] = segmentsOf(inner)
        const base = originals.get(name)
        return base === undefined ? pointer : below(base, ...rest)
      },
      unusable,
    }
  }
}
