import type { JsonObject } from '../../json.ts'
import type { ValuePlace } from '../places.ts'
import { numberIn, set, typesIn, type Variation } from './variation.ts'

const decimalsOf = (value: number): number => String(value).split('.')[1]?.length ?? 0

/** The smallest difference that a provider can be expected to see. */
const stepOf = (schema: JsonObject, bound: number): number => {
  const step = numberIn(schema, 'multipleOf')
  if (step !== undefined) return step
  const isWhole = typesIn(schema).includes('integer')
  return isWhole ? 1 : 10 ** -Math.max(2, decimalsOf(bound))
}

const plus = (value: number, difference: number): number =>
  Number((value + difference).toPrecision(15))

interface Bound {
  readonly rule: string
  readonly at: number
  /** 1: it bounds from below, and what is inside is more. */
  readonly inwards: 1 | -1
  readonly isExclusive: boolean
}

const boundsOf = (schema: JsonObject): readonly Bound[] =>
  (
    [
      ['minimum', 1, false],
      ['exclusiveMinimum', 1, true],
      ['maximum', -1, false],
      ['exclusiveMaximum', -1, true],
    ] as const
  ).flatMap(([rule, inwards, isExclusive]) => {
    const at = numberIn(schema, rule)
    return at === undefined ? [] : [{ rule, at, inwards, isExclusive }]
  })

/** On each bound of a number, and just inside of it. */
export const numbersInside = (place: ValuePlace): readonly Variation[] =>
  boundsOf(place.schema).flatMap(({ rule, at, inwards, isExclusive }) => {
    const step = stepOf(place.schema, at) * inwards
    const first = isExclusive ? plus(at, step) : at
    return [set(place, rule, first), set(place, rule, plus(first, step))]
  })

/** Just outside of each bound of a number, and between two multiples. */
export const numbersOutside = (place: ValuePlace): readonly Variation[] => {
  const { schema, value } = place
  const step = numberIn(schema, 'multipleOf')
  const between =
    step === undefined || typeof value !== 'number'
      ? []
      : [set(place, 'multipleOf', plus(value, step / 2))]
  return [
    ...boundsOf(schema).map(({ rule, at, inwards, isExclusive }) =>
      set(place, rule, isExclusive ? at : plus(at, -stepOf(schema, at) * inwards)),
    ),
    ...between,
  ]
}

/** Numbers beyond what 32 and 53 bits hold: nobody says that they must be refused, or taken. */
export const numbersThatTrip = (place: ValuePlace): readonly Variation[] =>
  typesIn(place.schema).some((type) => type === 'integer' || type === 'number')
    ? [2 ** 31, 2 ** 53, -(2 ** 31) - 1].map((value) => set(place, 'beyond', value))
    : []
