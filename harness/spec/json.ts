/** A value that JSON can say. */
export type JsonValue =
  null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue }

/** A JSON object, as it is read from a document. */
export interface JsonObject {
  readonly [key: string]: JsonValue
}

/**
 * Whether a value is a JSON object: neither null nor an array.
 *
 * @example
 * isObject([]) // false
 */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The value itself where it is an object, else an empty one: for documents that are half broken. */
export const objectOr = (value: unknown): JsonObject => (isObject(value) ? value : {})

/** The value itself where it is an array, else an empty one. */
export const arrayOr = (value: unknown): readonly JsonValue[] =>
  Array.isArray(value) ? (value as readonly JsonValue[]) : []

/** The value itself where it is a string. */
export const stringOr = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined

/**
 * A value in few words, for messages: JSON, cut where it grows long.
 *
 * @example
 * shown({ total: 12 }) // '{"total":12}'
 */
export const shown = (value: unknown, lengthMax = 120): string => {
  const text = value === undefined ? 'nothing' : JSON.stringify(value)
  return text.length <= lengthMax ? text : `${text.slice(0, lengthMax - 1)}…`
}

/**
 * A value as it is named in a sentence: a string as it is, anything else as JSON.
 *
 * @example
 * named('orderId') // 'orderId'
 */
export const named = (value: unknown): string => (typeof value === 'string' ? value : shown(value))

/**
 * The type of a value in the words of JSON Schema.
 *
 * @example
 * typeName(12) // 'integer'
 */
export const typeName = (value: unknown): string =>
  value === null
    ? 'null'
    : Array.isArray(value)
      ? 'array'
      : typeof value === 'number'
        ? Number.isInteger(value)
          ? 'integer'
          : 'number'
        : typeof value
