import { isObject, type JsonObject, type JsonValue } from '../../json.ts'
import type { Asking, Observation, Parameter } from '../../types.ts'
import type { Session } from '../state/session.ts'
import { keyOf, wideView, type Asked, type ListShape, type View } from './view.ts'
import { meaningOf, type Filter } from './meaning.ts'

const valuesMax = 4
const pairsMax = 12

const shownQuery = (asked: Asked): string =>
  asked.map(([{ name }, value]) => `${name}=${[value].flat().map(shownPart).join(',')}`).join('&')

const shownPart = (value: JsonValue): string =>
  typeof value === 'string' ? value : JSON.stringify(value)

const shownFound = (filters: readonly Filter[], item: JsonObject): string =>
  filters.map(({ property }) => `${property} ${JSON.stringify(item[property] ?? null)}`).join(', ')

/** What filters with these values should have left of the whole list, and what they left. */
const judged = (
  shape: ListShape,
  whole: View,
  seen: View,
  chosen: readonly (readonly [Filter, JsonValue])[],
): readonly Observation[] => {
  const { operation } = shape.draft
  const filters = chosen.map(([filter]) => filter)
  const asked = chosen.map(([{ parameter }, value]) => [parameter, value] as const)
  const verdict = (item: JsonObject): 'yes' | 'no' | 'maybe' => {
    const all = new Set(chosen.map(([filter, value]) => filter.matches(item, value)))
    return all.has('no') ? 'no' : all.has('maybe') ? 'maybe' : 'yes'
  }
  const query = shownQuery(asked)
  const wanted = filters.map(({ words }) => words).join(' and ')
  const make = (code: Observation['code'], item: JsonObject): Observation => ({
    code,
    operation,
    exchanges: [whole.exchange, seen.exchange],
    pointer: filters[0]?.parameter.pointer ?? operation.pointer,
    facts: { query, wanted: `${wanted} as asked for`, found: shownFound(filters, item) },
  })
  const wrong = seen.items.find(({ value }) => verdict(value) === 'no')
  if (wrong !== undefined) return [make('filter-ignored', wrong.value)]
  const keys = new Set(seen.items.map(keyOf))
  const missing = whole.items.find(
    (item) => verdict(item.value) === 'yes' && !keys.has(keyOf(item)),
  )
  return missing === undefined ? [] : [make('filter-narrow', missing.value)]
}

/** Each filter alone, with values that there are, and two of them together. */
export function* filters(
  session: Session,
  shape: ListShape,
  whole: View,
): Asking<readonly Observation[]> {
  const items = whole.items.map(({ value }) => value).filter(isObject)
  if (items.length === 0) return []
  const { spec } = session
  const accepts = ({ schema }: Parameter, value: JsonValue): boolean =>
    schema === undefined || spec.schemas.accepts(schema, 'request', value)
  const known = shape.filters.flatMap((parameter) => meaningOf(spec, parameter, items) ?? [])
  const observations: Observation[] = []
  const hurt = new Set<Filter>()
  const tryOut = function* (chosen: readonly (readonly [Filter, JsonValue])[]): Asking<void> {
    const asked = chosen.map(([{ parameter }, value]) => [parameter, value] as const)
    const seen = yield* wideView(session, shape, asked, `with ${shownQuery(asked)}`)
    if (seen === undefined) return
    const found = judged(shape, whole, seen, chosen)
    if (found.length > 0) for (const [filter] of chosen) hurt.add(filter)
    observations.push(...found)
  }
  for (const filter of known) {
    const values = filter.values(items).filter((value) => accepts(filter.parameter, value))
    const distinct = [...new Map(values.map((value) => [JSON.stringify(value), value])).values()]
    for (const value of distinct.slice(0, valuesMax)) {
      if (hurt.has(filter)) break
      yield* tryOut([[filter, value]])
    }
  }
  const pairs = known.flatMap((one, index) =>
    known.slice(index + 1).map((other) => [one, other] as const),
  )
  for (const [one, other] of pairs
    .filter((pair) => !pair.some((filter) => hurt.has(filter)))
    .slice(0, pairsMax)) {
    // Values of different items, so that each of the two has something to leave out.
    const a = one.values(items).find((value) => accepts(one.parameter, value))
    const b = other.values(items.toReversed()).find((value) => accepts(other.parameter, value))
    if (a !== undefined && b !== undefined)
      yield* tryOut([
        [one, a],
        [other, b],
      ])
  }
  return observations
}
