import { arrayOr, isObject, type JsonObject, type JsonValue } from '../spec/json.ts'
import { below, resolved } from '../spec/pointer.ts'

/** Schemas may refer to each other in circles, also by way of `allOf`. */
const depthMax = 30

const alternatives = ['allOf', 'oneOf', 'anyOf'] as const

const matches = (pattern: string, name: string): boolean => {
  try {
    return new RegExp(pattern, 'u').test(name)
  } catch {
    return false
  }
}

/** Where a schema speaks of a member or, where the step is a number, of an item. */
const childOf = (schema: JsonObject, pointer: string, step: string): string | undefined => {
  const { properties, items } = schema
  if (isObject(properties) && Object.hasOwn(properties, step)) {
    return below(pointer, 'properties', step)
  }
  if (/^\d+$/.test(step)) {
    if (arrayOr(schema['prefixItems'])[Number(step)] !== undefined) {
      return below(pointer, 'prefixItems', step)
    }
    if (isObject(items)) return below(pointer, 'items')
  }
  const pattern = isObject(schema['patternProperties'])
    ? Object.keys(schema['patternProperties']).find((key) => matches(key, step))
    : undefined
  if (pattern !== undefined) return below(pointer, 'patternProperties', pattern)
  return isObject(schema['additionalProperties'])
    ? below(pointer, 'additionalProperties')
    : undefined
}

const search = (
  document: JsonValue,
  pointer: string,
  steps: readonly string[],
  depth: number,
): string | undefined => {
  const found = resolved(document, pointer)
  if (found === undefined || depth > depthMax) return undefined
  const [step, ...rest] = steps
  if (step === undefined) return found.pointer
  if (!isObject(found.value)) return undefined
  const schema = found.value
  const child = childOf(schema, found.pointer, step)
  const own = child === undefined ? undefined : search(document, child, rest, depth + 1)
  if (own !== undefined) return own
  for (const key of alternatives) {
    for (const index of arrayOr(schema[key]).keys()) {
      const inside = search(document, below(found.pointer, key, index), steps, depth + 1)
      if (inside !== undefined) return inside
    }
  }
  return undefined
}

/**
 * The pointer of the schema that speaks of a part of a value: references are followed, and of
 * several alternatives the first that knows the part counts. `undefined` where none does.
 *
 * @example
 * schemaField(document, '/components/schemas/Order', ['lines', '0', 'sku']) // '/components/schemas/Sku'
 */
export const schemaField = (
  document: JsonValue,
  pointer: string,
  steps: readonly string[],
): string | undefined => search(document, pointer, steps, 0)
