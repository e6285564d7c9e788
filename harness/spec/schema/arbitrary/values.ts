import * as fc from 'fast-check'
import type { JsonObject, JsonValue } from '../../json.ts'
import type { Schemas } from '../schemas.ts'
import { arbitraryOf } from './arbitrary.ts'
import { nothing } from './made.ts'

/** What random values are made from. */
export interface ValuesOptions {
  readonly document: JsonObject
  readonly schemas: Schemas
  readonly seed: number
  /** How many different values are wanted. */
  readonly count: number
  /** Beyond what the schema asks. */
  readonly accepts?: (value: JsonValue) => boolean
}

/** So many candidates are made for each value that is wanted, and so many for the first one. */
const triesForEach = 4
const triesMin = 120

/** Candidates are made a few at a time: mostly the first ones are good. */
const batch = 20

/** A schema of which so many candidates could not even be made is given up. */
const failuresMax = 20

/**
 * Different, random, valid values of the schema at a pointer, the same for the same seed: at most
 * `count`, and fewer where no more were found in a bounded number of tries. None: the schema is
 * impossible, or says more than is understood here.
 *
 * @example
 * valuesOf('/components/schemas/NewOrder', { document, schemas, seed: 1, count: 3 })
 */
export const valuesOf = (
  pointer: string,
  { document, schemas, seed, count, accepts = () => true }: ValuesOptions,
): readonly JsonValue[] => {
  const arbitrary = arbitraryOf({ $ref: `#${pointer}` }, document)
  const found = new Map<string, JsonValue>()
  const tries = Math.max(triesMin, count * triesForEach)
  let failures = 0
  for (let made = 0; made < tries && found.size < count; made += batch) {
    if (failures >= failuresMax && failures === made) break
    for (const value of fc.sample(arbitrary, { seed: seed + made, numRuns: batch })) {
      if (value === nothing) failures += 1
      if (value === nothing || found.size >= count || !accepts(value)) continue
      if (schemas.accepts(pointer, 'request', value)) found.set(JSON.stringify(value), value)
    }
  }
  return [...found.values()]
}
