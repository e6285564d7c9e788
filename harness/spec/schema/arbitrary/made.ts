import * as fc from 'fast-check'
import type { JsonObject, JsonValue } from '../../json.ts'

/** Stands for a value that could not be made: its schema is impossible, or harder than this. */
export const nothing: unique symbol = Symbol('nothing')

/** What an arbitrary makes of a schema. */
export type Made = JsonValue | typeof nothing

/** How parts of a schema are made; it is told how deep they are. */
export interface Making {
  readonly document: JsonObject
  readonly depth: number
  /** The arbitrary of a part, one level deeper. */
  inner(schema: JsonValue): fc.Arbitrary<Made>
}

/** Deeper than this nothing optional is made. */
export const depthOfOptional = 4

const triesMax = 12

/** The first of a few values that passes; `nothing` where none does, so that nobody waits for it. */
export const firstOf = (
  arbitrary: fc.Arbitrary<Made>,
  passes: (value: JsonValue) => boolean,
  tries = triesMax,
): fc.Arbitrary<Made> =>
  arbitrary.chain((value) => {
    if (value !== nothing && passes(value)) return fc.constant(value)
    return tries <= 1 ? fc.constant(nothing) : firstOf(arbitrary, passes, tries - 1)
  })

/** What the first makes; where that is nothing, what the second makes. */
export const orElse = (
  first: fc.Arbitrary<Made>,
  second: () => fc.Arbitrary<Made>,
): fc.Arbitrary<Made> => first.chain((value) => (value === nothing ? second() : fc.constant(value)))

/** A whole number of a range, each as likely as any other. */
export const evenly = (min: number, max: number): fc.Arbitrary<number> =>
  fc.noBias(fc.integer({ min, max: Math.max(min, max) }))

/** A number that a keyword says. */
export const numberOr = <Other>(schema: JsonObject, keyword: string, other: Other) => {
  const value = schema[keyword]
  return typeof value === 'number' ? value : other
}
