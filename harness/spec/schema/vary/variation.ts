import { shown, type JsonObject, type JsonValue } from '../../json.ts'
import { segmentsOf } from '../../pointer.ts'
import type { ValuePlace } from '../places.ts'

/** One part of a value, made another. */
export interface Variation {
  /** What is different, in words: `"quantity" is 101`. */
  readonly words: string
  /** JSON Pointer of the part. */
  readonly at: string
  /** Absent: the part is left out. */
  readonly value?: JsonValue
  /** The keyword that it is about. */
  readonly rule: string
}

/** What variations are made from. */
export interface VaryContext {
  readonly document: JsonObject
  readonly seed: number
}

/**
 * A part as it is called in a sentence.
 *
 * @example
 * partName('/lines/0/sku') // '"lines[0].sku"'
 */
export const partName = (at: string, whole = 'the body'): string => {
  const segments = segmentsOf(at)
  if (segments.length === 0) return whole
  const words = segments.map((segment, index) =>
    /^\d+$/.test(segment) ? `[${segment}]` : index === 0 ? segment : `.${segment}`,
  )
  return `"${words.join('')}"`
}

/** A part with another value. */
export const set = (
  { at }: Pick<ValuePlace, 'at'>,
  rule: string,
  value: JsonValue,
  words?: string,
): Variation => ({
  words: `${partName(at)} ${words ?? `is ${shown(value, 60)}`}`,
  at,
  value,
  rule,
})

/** A part that is left out. */
export const leftOut = ({ at }: Pick<ValuePlace, 'at'>, rule: string): Variation => ({
  words: `${partName(at)} is left out`,
  at,
  rule,
})

/** A number that a keyword of a schema says; `undefined` where it says none. */
export const numberIn = (schema: JsonObject, keyword: string): number | undefined => {
  const value = schema[keyword]
  return typeof value === 'number' ? value : undefined
}

/** Types that a schema names. */
export const typesIn = (schema: JsonObject): readonly string[] => {
  const { type } = schema
  const list = Array.isArray(type) ? (type as readonly JsonValue[]) : [type]
  return list.filter((one) => typeof one === 'string')
}
