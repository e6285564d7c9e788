import * as fc from 'fast-check'
import type { JsonObject, JsonValue } from '../../json.ts'
import { evenly, firstOf, nothing, numberOr, orElse, type Made } from './made.ts'

/** Where a schema names no bound: what most programs can hold, and mean. */
const usual = 1_000_000

/** Ranges are cut where whole numbers are not exact any more. */
const exact = Number.MAX_SAFE_INTEGER

interface Range {
  readonly low: number
  readonly high: number
  /** Whether the ends themselves are not of it. */
  readonly isOpenBelow: boolean
  readonly isOpenAbove: boolean
}

const rangeOf = (schema: JsonObject): Range => {
  const least = numberOr(schema, 'minimum', -Infinity)
  const above = numberOr(schema, 'exclusiveMinimum', -Infinity)
  const most = numberOr(schema, 'maximum', Infinity)
  const under = numberOr(schema, 'exclusiveMaximum', Infinity)
  const low = Math.max(least, above)
  const high = Math.min(most, under)
  return {
    low: low === -Infinity ? (high < usual ? high - usual : -usual) : low,
    high: high === Infinity ? Math.max(low === -Infinity ? 0 : low, 0) + usual : high,
    isOpenBelow: above > -Infinity && above >= least,
    isOpenAbove: under < Infinity && under <= most,
  }
}

/** Whole multiples of a step between two bounds. */
const multiples = (range: Range, step: number): fc.Arbitrary<Made> => {
  // Of fine steps no more are taken than can be told apart in a number.
  const most = Number.isInteger(step) ? exact : usual
  let first = Math.max(Math.ceil(range.low / step), -most)
  let last = Math.min(Math.floor(range.high / step), most)
  if (range.low > 0) last = Math.max(last, Math.min(Math.floor(range.high / step), first + usual))
  if (range.isOpenBelow && first * step <= range.low) first += 1
  if (range.isOpenAbove && last * step >= range.high) last -= 1
  if (first > last) return fc.constant(nothing)
  const near = Math.max(first, Math.min(0, last))
  const valueOf = (count: number): number => {
    const value = Number((count * step).toPrecision(15))
    return value === 0 ? 0 : value
  }
  // Half of them are small: most that a range of millions holds is never meant.
  return fc.oneof(
    evenly(first, last).map(valueOf),
    evenly(Math.max(first, near - 50), Math.min(last, near + 100)).map(valueOf),
  )
}

/**
 * Numbers within the bounds of a schema, as likely in the middle as at the ends: the ends are what
 * the technique `boundaries` is for.
 */
export const numbersOf = (schema: JsonObject, isInteger: boolean): fc.Arbitrary<Made> => {
  const range = rangeOf(schema)
  const step = numberOr(schema, 'multipleOf', undefined)
  if (step !== undefined && step > 0) {
    const isMultiple = (value: JsonValue): boolean =>
      typeof value === 'number' &&
      Number.isInteger(value / step) &&
      (!isInteger || Number.isInteger(value))
    return firstOf(multiples(range, step), isMultiple)
  }
  if (isInteger) return multiples(range, 1)
  // Money and measures have few digits behind the point.
  const decimals = [1, 0.1, 0.01, 0.001].map((one) => multiples(range, one))
  return orElse(
    firstOf(fc.oneof(...decimals), () => true),
    () => between(range),
  )
}

/** Numbers of a range that is too narrow for few digits. */
const between = ({ low, high, isOpenBelow, isOpenAbove }: Range): fc.Arbitrary<Made> =>
  low > high || (low === high && (isOpenBelow || isOpenAbove))
    ? fc.constant(nothing)
    : evenly(isOpenBelow ? 1 : 0, isOpenAbove ? 9 : 10).map((tenth) =>
        Number((low + ((high - low) * tenth) / 10).toPrecision(15)),
      )
