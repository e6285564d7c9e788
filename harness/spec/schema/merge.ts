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
  maximum: Math.min,
  exclusiveMaximum: Math.min,
  maxLength: Math.min,
  maxItems: Math.min,
  maxProperties: Math.min,
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

const both = (key: string, a: JsonValue, b: JsonValue): JsonValue => {
  if (key === 'type') return commonTypes(a, b)
  if (key === 'required') return [...new Set([...arrayOr(a), ...arrayOr(b)])]
  if (key === 'enum') {
    const second = new Set(arrayOr(b).map((value) => JSON.stringify(value)))
    return arrayOr(a).filter((value) => second.has(JSON.stringify(value)))
  }
  if (key === 'properties') {
    const result: Record<string, JsonValue> = { ...objectOr(a) }
    for (const [name, schema] of Object.entries(objectOr(b))) {
      const first = result[name]
      result[name] = first === undefined ? schema : { allOf: [first, schema] }
    }
    return result
  }
  if (key === 'items' || key === 'additionalProperties') {
    return isObject(a) && isObject(b)
      ? { allOf: [a, b] }
      : a === false || b === false
        ? false
        : isObject(a)
          ? a
          : b
  }
  const narrow = Object.hasOwn(tighter, key) ? tighter[key] : undefined
  return narrow !== undefined && typeof a === 'number' && typeof b === 'number' ? narrow(a, b) : b
}

const merged = (a: JsonObject, b: JsonObject): JsonObject => {
  const result: Record<string, JsonValue> = { ...a }
  for (const [key, value] of Object.entries(b)) {
    const first = result[key]
    result[key] = first === undefined ? value : both(key, first, value)
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
  if (!isObject(schema) || depth > depthMax) return {}
  const { $ref: reference, allOf, anyOf, oneOf, ...own } = schema
  let result: JsonObject = own
  const add = (part: JsonValue | undefined): void => {
    if (part !== undefined) result = merged(flattened(document, part, choose, depth + 1), result)
  }
  if (typeof reference === 'string' && reference.startsWith('#')) {
    add(resolved(document, pointerOfReference(reference))?.value)
  }
  for (const member of arrayOr(allOf)) add(member)
  for (const branches of [arrayOr(anyOf), arrayOr(oneOf)]) {
    if (branches.length > 0) add(branches[choose(branches.length, branches)])
  }
  return result
}
