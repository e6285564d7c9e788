import { named, type JsonValue } from '../../json.ts'
import { placesIn, replacedAt } from '../../schema/places.ts'
import { typesIn } from '../../schema/vary/variation.ts'
import { withBody, type Draft } from '../draft.ts'
import type { Session } from '../state/session.ts'
import { plainName } from '../state/templates.ts'
import { segmentsOf, valueAt } from '../../pointer.ts'

/** Two parts of a body that are the ends of a range. */
export interface RangePlace {
  readonly from: string
  readonly to: string
  readonly kind: 'time' | 'day' | 'number'
  /** What the document says of both, in words. */
  readonly words: string
}

/** The ends of a range: milliseconds, or plain numbers. */
export type Range = readonly [number, number]

const pairs = [
  ['start', 'end'],
  ['begin', 'end'],
  ['from', 'to'],
  ['from', 'until'],
  ['from', 'till'],
  ['since', 'until'],
  ['checkin', 'checkout'],
  ['arriv', 'depart'],
  ['arrival', 'departure'],
  ['pickup', 'return'],
  ['pickup', 'dropoff'],
  ['open', 'close'],
  ['first', 'last'],
  ['lower', 'upper'],
] as const

const unitOf = { time: 3_600_000, day: 86_400_000, number: 1 } as const

/** Ranges in a body, by the names of their ends and by what stands there. */
export const rangesIn = (session: Session, { body }: Draft): readonly RangePlace[] => {
  const schema = body?.content.schema
  if (body === undefined || schema === undefined) return []
  const ends = placesIn(session.spec.document, { $ref: `#${schema}` }, body.value).flatMap(
    ({ at, value, schema: own }) => {
      const isTime = typeof value === 'string' && !Number.isNaN(Date.parse(value))
      const kind =
        isTime && own['format'] === 'date-time'
          ? ('time' as const)
          : isTime && own['format'] === 'date'
            ? ('day' as const)
            : typeof value === 'number' && typesIn(own).includes('integer')
              ? ('number' as const)
              : undefined
      const segments = segmentsOf(at)
      const name = plainName(segments.at(-1) ?? '')
      const home = segments.slice(0, -1).join('/')
      return kind === undefined
        ? []
        : [{ at, kind, name, home, words: named(own['description'] ?? '') }]
    },
  )
  return ends.flatMap((a) =>
    ends
      .filter(
        (b) =>
          b !== a &&
          b.kind === a.kind &&
          b.home === a.home &&
          pairs.some(([s, e]) => a.name.includes(s) && a.name.replace(s, e) === b.name),
      )
      .slice(0, 1)
      .map((b) => ({ from: a.at, to: b.at, kind: a.kind, words: `${a.words} ${b.words}` })),
  )
}

const amountOf = (value: JsonValue): number =>
  typeof value === 'number' ? value : Date.parse(named(value))

/** The range that stands in a draft. */
export const rangeIn = ({ body }: Draft, { from, to }: RangePlace): Range => [
  amountOf(valueAt(body?.value ?? null, from) ?? null),
  amountOf(valueAt(body?.value ?? null, to) ?? null),
]

const written = (amount: number, { kind }: RangePlace): JsonValue => {
  if (kind === 'number') return amount
  const text = new Date(amount).toISOString()
  return kind === 'day' ? text.slice(0, 10) : text.replace('.000Z', 'Z')
}

/** The draft with another range; `undefined` where its schema does not have it. */
export const ranged = (
  { spec }: Session,
  draft: Draft,
  place: RangePlace,
  [from, to]: Range,
): Draft | undefined => {
  const { body } = draft
  const schema = body?.content.schema
  if (body === undefined || schema === undefined || from > to) return undefined
  const begun = replacedAt(body.value, place.from, written(from, place))
  const value = replacedAt(begun, place.to, written(to, place))
  return spec.schemas.accepts(schema, 'request', value) ? withBody(draft, value) : undefined
}

/** A range with room inside for another one, from where the given one begins. */
export const roomy = ([from, to]: Range, { kind }: RangePlace): Range => [
  from,
  Math.max(to, from + 4 * unitOf[kind]),
]

/** Ranges that share some of the given one, by what one says of them. */
export const overlapsOf = (
  [from, to]: Range,
  { kind }: RangePlace,
): readonly (readonly [string, Range])[] => {
  const unit = unitOf[kind] / (kind === 'time' ? 2 : 1)
  const step = Math.min(unit, (to - from) / 4)
  const whole = kind === 'time' ? step : Math.max(unit, Math.floor(step / unit) * unit)
  return [
    ['has just that range', [from, to]],
    ['lies within', [from + whole, to - whole]],
    ['lies around', [from - whole, to + whole]],
    ['begins before and ends within', [from - whole, from + whole]],
    ['begins within and ends after', [to - whole, to + whole]],
  ]
}
