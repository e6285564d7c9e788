/**
 * Whether a value is an object with members: neither null nor an array.
 *
 * @example
 * isRecord(JSON.parse('{"a":1}')) // true
 */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
