import { isObject, type JsonValue } from '../json.ts'
import { isWithin, pointerOfReference, valueAt } from '../pointer.ts'

const referencesIn = (value: JsonValue, found: Set<string>): void => {
  if (Array.isArray(value)) {
    for (const item of value as readonly JsonValue[]) referencesIn(item, found)
    return
  }
  if (!isObject(value)) return
  for (const [key, member] of Object.entries(value)) {
    const isReference = key === '$ref' && typeof member === 'string' && member.startsWith('#')
    if (isReference) found.add(pointerOfReference(member))
    else referencesIn(member, found)
  }
}

/**
 * Whether what stands at one of the pointers `from` is made of what stands at `target`: in it, or in
 * anything that it refers to.
 *
 * @example
 * isReachable(document, ['/paths/~1orders/get'], '/components/schemas/Line/properties/sku') // true
 */
export const isReachable = (
  document: JsonValue,
  from: readonly string[],
  target: string,
): boolean => {
  const seen = new Set<string>()
  const waiting = [...from]
  for (let pointer = waiting.pop(); pointer !== undefined; pointer = waiting.pop()) {
    if (isWithin(target, pointer)) return true
    if (seen.has(pointer)) continue
    seen.add(pointer)
    const references = new Set<string>()
    referencesIn(valueAt(document, pointer) ?? null, references)
    waiting.push(...references)
  }
  return false
}
