import { isObject, type JsonValue } from './json.ts'

/**
 * A JSON Pointer (RFC 6901) from its unescaped segments.
 *
 * @example
 * pointerOf(['paths', '/orders']) // '/paths/~1orders'
 */
export const pointerOf = (segments: readonly (string | number)[]): string =>
  segments
    .map((segment) => `/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('')

/**
 * The unescaped segments of a JSON Pointer.
 *
 * @example
 * segmentsOf('/paths/~1orders') // ['paths', '/orders']
 */
export const segmentsOf = (pointer: string): readonly string[] =>
  pointer === ''
    ? []
    : pointer
        .slice(1)
        .split('/')
        .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))

/** A pointer one or more segments deeper. */
export const below = (pointer: string, ...segments: readonly (string | number)[]): string =>
  pointer + pointerOf(segments)

/** Whether `pointer` is `ancestor` or lies under it. */
export const isWithin = (pointer: string, ancestor: string): boolean =>
  pointer === ancestor || pointer.startsWith(`${ancestor}/`)

/**
 * What stands at a pointer, or `undefined` where nothing does. References are not followed.
 *
 * @example
 * valueAt({ a: [1, 2] }, '/a/1') // 2
 */
export const valueAt = (root: JsonValue, pointer: string): JsonValue | undefined => {
  let value: JsonValue | undefined = root
  for (const segment of segmentsOf(pointer)) {
    if (Array.isArray(value)) value = (value as readonly JsonValue[])[Number(segment)]
    else if (isObject(value) && Object.hasOwn(value, segment)) value = value[segment]
    else return undefined
  }
  return value
}

/** A bound on chains of references, so that a circle of them ends. */
const hopsMax = 64

/**
 * Follows `$ref`s inside one document until something else stands there. Gives the last pointer
 * too: that is where the thing is really written. `undefined` where a reference leads nowhere.
 *
 * @example
 * resolved(document, '/paths/~1orders/get/parameters/0') // { pointer: '/components/parameters/Page', value: {...} }
 */
export const resolved = (
  root: JsonValue,
  pointer: string,
): { readonly pointer: string; readonly value: JsonValue } | undefined => {
  let at = pointer
  for (let hop = 0; hop < hopsMax; hop += 1) {
    const value = valueAt(root, at)
    if (value === undefined) return undefined
    const reference = isObject(value) ? value['$ref'] : undefined
    if (typeof reference !== 'string' || !reference.startsWith('#')) return { pointer: at, value }
    at = pointerOfReference(reference)
  }
  return undefined
}

/**
 * The pointer in a local reference, percent-decoded (RFC 6901, section 6).
 *
 * @example
 * pointerOfReference('#/components/schemas/Order%20line') // '/components/schemas/Order line'
 */
export const pointerOfReference = (reference: string): string => {
  try {
    return decodeURIComponent(reference.slice(1))
  } catch {
    return reference.slice(1)
  }
}

/** The pointer one level up. */
export const parentOf = (pointer: string): string => pointerOf(segmentsOf(pointer).slice(0, -1))
