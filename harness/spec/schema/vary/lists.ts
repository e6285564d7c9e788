import { arrayOr, isObject, type JsonValue } from '../../json.ts'
import { sample } from '../generate.ts'
import { schemaFor, type ValuePlace } from '../places.ts'
import { numberIn, set, typesIn, type VaryContext, type Variation } from './variation.ts'

/** Beyond this a bound is no bound that anybody wants to meet. */
const itemsMax = 200

const isList = ({ schema, value }: ValuePlace): boolean =>
  typesIn(schema).includes('array') || Array.isArray(value)

/**
 * So many items, all different where that is possible; `undefined` where they must differ and there are
 * not so many, unless some may stand there twice.
 */
const items = (
  place: ValuePlace,
  count: number,
  { document, seed }: VaryContext,
  mayRepeat = false,
): readonly JsonValue[] | undefined => {
  const { schema } = place
  const raw = schema['items'] ?? {}
  const known = arrayOr(schemaFor(document, raw, undefined)['enum'])
  const made: JsonValue[] = [...known, ...arrayOr(place.value)]
  for (let index = 0; index < count * 3; index += 1)
    made.push(sample(raw, document, seed + index, 2))
  const distinct = [...new Map(made.map((one) => [JSON.stringify(one), one])).values()]
  if (schema['uniqueItems'] === true && distinct.length < count && !mayRepeat) return undefined
  return Array.from({ length: count }, (_, index) => distinct[index % distinct.length] ?? null)
}

const ofLength = (
  place: ValuePlace,
  rule: string,
  count: number,
  context: VaryContext,
  mayRepeat: boolean,
): readonly Variation[] => {
  if (count < 0 || count > itemsMax) return []
  const list = items(place, count, context, mayRepeat)
  return list === undefined ? [] : [set(place, rule, list, `has ${count} items`)]
}

const bounded = (
  place: ValuePlace,
  context: VaryContext,
  differences: { readonly min: readonly number[]; readonly max: readonly number[] },
  mayRepeat = false,
): readonly Variation[] => {
  if (!isList(place)) return []
  return (['min', 'max'] as const).flatMap((side) => {
    const rule = `${side}Items`
    const bound = numberIn(place.schema, rule)
    return bound === undefined
      ? []
      : differences[side].flatMap((difference) =>
          ofLength(place, rule, bound + difference, context, mayRepeat),
        )
  })
}

/** As few and as many items as there may be, and one off towards the middle. */
export const listsInside = (place: ValuePlace, context: VaryContext): readonly Variation[] =>
  bounded(place, context, { min: [0, 1], max: [0, -1] })

/** One item too few, one too many, and one twice where all must differ. */
export const listsOutside = (place: ValuePlace, context: VaryContext): readonly Variation[] => {
  if (!isList(place)) return []
  const [first] = items(place, 1, context) ?? []
  const twice =
    place.schema['uniqueItems'] === true && first !== undefined
      ? [set(place, 'uniqueItems', [first, first])]
      : []
  // One too many is too many, also where there are not so many different ones.
  return [...bounded(place, context, { min: [-1], max: [1] }, true), ...twice]
}

/** One property too few or too many. */
export const propertiesOutside = (place: ValuePlace): readonly Variation[] => {
  const { schema, value } = place
  const least = numberIn(schema, 'minProperties')
  const names = isObject(value) ? Object.keys(value) : []
  if (least === undefined || least === 0 || !isObject(value)) return []
  const kept = names.slice(0, least - 1)
  return [
    set(
      place,
      'minProperties',
      Object.fromEntries(kept.map((name) => [name, value[name] ?? null])),
    ),
  ]
}
