import { named, arrayOr, type JsonValue } from '../../json.ts'
import { flattened } from '../../schema/merge.ts'
import type { Asking, Observation } from '../../types.ts'
import type { Session } from '../state/session.ts'
import { plainName } from '../state/templates.ts'
import { wideView, type ListShape, type View } from './view.ts'

type Compare = (a: JsonValue, b: JsonValue) => number

const byText =
  (make: (text: string) => string): Compare =>
  (a, b) => {
    const [x, y] = [make(named(a)), make(named(b))]
    return x < y ? -1 : x > y ? 1 : 0
  }

/** The orders that a provider may mean: databases compare texts in many ways. */
const orders: readonly Compare[] = [
  byText((text) => text),
  byText((text) => text.toLowerCase()),
  (a, b) => named(a).localeCompare(named(b)),
  byText((text) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')),
]

const ordersFor = (values: readonly JsonValue[]): readonly Compare[] => {
  if (values.every((one) => typeof one === 'number')) return [(a, b) => Number(a) - Number(b)]
  const isTime = values.every((one) => typeof one === 'string' && /^\d{4}-\d\d-\d\dT/.test(one))
  return isTime ? [(a, b) => Date.parse(named(a)) - Date.parse(named(b))] : orders
}

/** The first two neighbours that stand the wrong way round, under the order that fits best. */
const wrongPair = (
  values: readonly JsonValue[],
  isDown: boolean,
): readonly [JsonValue, JsonValue] | undefined => {
  const pairs = ordersFor(values).map((compare) => {
    const index = values.findIndex((value, at) => {
      const next = values[at + 1]
      return next !== undefined && compare(value, next) * (isDown ? -1 : 1) > 0
    })
    return index === -1 ? undefined : ([values[index] ?? null, values[index + 1] ?? null] as const)
  })
  return pairs.includes(undefined) ? undefined : pairs[0]
}

/** What a member of a sort parameter asks for: `-price`, `price_desc`, `price:asc`. */
export const wordOf = (member: string): { readonly name: string; readonly isDown: boolean } => {
  const isDown = member.startsWith('-') || /[_:. -]?(desc|descending)$/i.test(member)
  return {
    name: plainName(
      member.replace(/^[-+]/, '').replace(/[_:. -](asc|desc|ascending|descending)$/i, ''),
    ),
    isDown,
  }
}

/** A list that is asked for in an order is in that order. */
export function* sorts(
  session: Session,
  shape: ListShape,
  whole: View,
): Asking<readonly Observation[]> {
  const { sort } = shape
  if (sort?.schema === undefined || whole.items.length < 3) return []
  const { operation } = shape.draft
  const members = arrayOr(
    flattened(session.spec.document, { $ref: `#${sort.schema}` }, () => 0)['enum'],
  )
  const observations: Observation[] = []
  for (const member of members.filter((one) => typeof one === 'string')) {
    const { name, isDown } = wordOf(member)
    const property = Object.keys(whole.items[0]?.value ?? {}).find((one) => plainName(one) === name)
    if (property === undefined) continue
    const seen = yield* wideView(session, shape, [[sort, member]], `by ${member}`)
    if (seen === undefined) continue
    const values = seen.items
      .map(({ value }) => value[property] ?? null)
      .filter((one) => one !== null)
    const pair = wrongPair(values, isDown)
    if (pair === undefined) continue
    const facts = {
      query: `${sort.name}=${member}`,
      property,
      first: pair[1],
      second: pair[0],
      isDown: false,
    }
    observations.push({
      code: 'sort-wrong',
      operation,
      exchanges: [seen.exchange],
      pointer: sort.pointer,
      facts,
    })
  }
  return observations
}
