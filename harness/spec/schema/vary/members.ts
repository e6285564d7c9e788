import { arrayOr, isObject, type JsonValue } from '../../json.ts'
import { sample } from '../generate.ts'
import { schemaFor, type ValuePlace } from '../places.ts'
import { leftOut, set, typesIn, type VaryContext, type Variation } from './variation.ts'

const enumMax = 12

/** Every member of an enum, both truth values, and null where it may be. */
export const membersInside = (place: ValuePlace): readonly Variation[] => {
  const { schema, value } = place
  const types = typesIn(schema)
  const values: readonly JsonValue[] = [
    ...arrayOr(schema['enum']).slice(0, enumMax),
    ...(types.length === 1 && types[0] === 'boolean' ? [true, false] : []),
    ...(types.includes('null') && schema['enum'] === undefined ? [null] : []),
  ]
  return values
    .filter((one) => JSON.stringify(one) !== JSON.stringify(value))
    .map((one) => set(place, one === null ? 'null' : 'enum', one))
}

/** What may be left out is left out, and what may be there is there, one at a time. */
export const optionalInside = (
  place: ValuePlace,
  { document, seed }: VaryContext,
): readonly Variation[] => {
  if (place.isRequired || place.at === '') return []
  if (place.value !== undefined) return [leftOut(place, 'optional')]
  // The third attempt of the generator is the one that fills in what is optional inside.
  return [set(place, 'present', sample(place.raw, document, seed, 2), 'is there')]
}

/** Another branch of an anyOf or oneOf than the one that the value is of. */
export const branchesInside = (
  place: ValuePlace,
  { document, seed }: VaryContext,
): readonly Variation[] => {
  if (!isObject(place.raw)) return []
  const reference = schemaFor(document, place.raw, place.value)
  return [0, 1, 2, 3, 4, 5].flatMap((index) => {
    const value = sample(place.raw, document, seed, 6 + index)
    const isSame =
      JSON.stringify(schemaFor(document, place.raw, value)) === JSON.stringify(reference)
    return isSame ? [] : [set(place, 'branch', value)]
  })
}
