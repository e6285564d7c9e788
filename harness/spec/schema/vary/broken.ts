import { arrayOr, isObject, objectOr, type JsonValue } from '../../json.ts'
import { below } from '../../pointer.ts'
import type { ValuePlace } from '../places.ts'
import { leftOut, partName, set, typesIn, type Variation } from './variation.ts'

const others: Readonly<Record<string, readonly JsonValue[]>> = {
  string: [17, true, ['a'], { a: 1 }],
  integer: ['17', 1.5, true, 'many'],
  number: ['17.5', true, 'many'],
  boolean: ['true', 1, 'yes'],
  array: ['a', { a: 1 }],
  object: ['a', ['a'], 17],
}

const isOf = (types: readonly string[], value: JsonValue): boolean =>
  types.some((type) => {
    if (type === 'integer') return Number.isInteger(value)
    if (type === 'array') return Array.isArray(value)
    return type === 'object' ? isObject(value) : typeof value === type
  })

/** Values of another type than any that may be there. */
export const typesBroken = (place: ValuePlace): readonly Variation[] => {
  const types = typesIn(place.schema)
  const first = types.find((type) => type !== 'null') ?? ''
  return (others[first] ?? [])
    .filter((value) => !isOf(types, value))
    .map((value) => set(place, 'type', value))
}

/** Null where it must not be. */
export const nullBroken = (place: ValuePlace): readonly Variation[] =>
  typesIn(place.schema).length > 0 && !typesIn(place.schema).includes('null')
    ? [set(place, 'null', null)]
    : []

/** A value that is in no enum, and one that is but in another case. */
export const enumBroken = (place: ValuePlace): readonly Variation[] => {
  const values = arrayOr(place.schema['enum'])
  const first = values.find((value) => typeof value === 'string')
  if (values.length === 0 && place.schema['const'] === undefined) return []
  if (first === undefined) return [set(place, 'enum', 'proofbook')]
  const upper = first.toUpperCase() === first ? first.toLowerCase() : first.toUpperCase()
  return ['proofbook', upper]
    .filter((text) => !values.includes(text))
    .map((text) => set(place, 'enum', text))
}

/** What must be there is not. */
export const requiredBroken = (place: ValuePlace): readonly Variation[] =>
  place.isRequired && place.at !== '' && place.value !== undefined && !/\/\d+$/.test(place.at)
    ? [leftOut(place, 'required')]
    : []

/** A property that the schema does not know, where it says that there is none. */
export const closedBroken = (place: ValuePlace): readonly Variation[] => {
  const { schema, value, at } = place
  if (!isObject(value)) return []
  if (schema['additionalProperties'] !== false && schema['unevaluatedProperties'] !== false)
    return []
  if (Object.keys(objectOr(schema['patternProperties'])).length > 0) return []
  const name = 'proofbookExtra'
  return [
    {
      words: `${partName(at)} has the unknown property "${name}"`,
      at: below(at, name),
      value: 'x',
      rule: 'additionalProperties',
    },
  ]
}
