import type { JsonValue } from '../../json.ts'
import { sample } from '../../schema/generate.ts'
import { placesIn, replacedAt } from '../../schema/places.ts'
import { withBody, withParameter, type Draft, type DraftBody } from '../draft.ts'
import { referencesIn } from './references.ts'
import type { Learned, Session } from './session.ts'

/** How a draft is renewed. */
export interface RenewOptions {
  readonly depth?: number
  /** A body in place of the one that was taken. */
  readonly body?: DraftBody
}

/** What may be renewed in a draft. */
export interface Freshness {
  /** Texts of at least this many characters. */
  readonly textsFrom?: number
  /** Days and times, all by the same span. */
  readonly times?: boolean
}

/** The levels of newness, each a little newer than the one before. */
const levels: readonly Freshness[] = [
  {},
  { textsFrom: 4 },
  { textsFrom: 1 },
  { times: true },
  { textsFrom: 4, times: true },
  { textsFrom: 4, times: true },
  { textsFrom: 1, times: true },
]

/** From this level on, what a draft refers to is made anew too. */
export const newReferencesFrom = 5

/** How new a draft can be made: the highest level. */
export const levelMax = levels.length - 1

/** What is new at a level. */
export const freshnessAt = (level: number): Freshness => levels[level] ?? {}

/** Without a body there is nothing in a request to be made newer. */
export const levelsFor = ({ draft, level }: Pick<Learned, 'draft' | 'level'>): readonly number[] =>
  Array.from({ length: levelMax + 1 }, (_, index) => index).filter(
    (one) => one >= level && (draft.body !== undefined || [0, 1, newReferencesFrom].includes(one)),
  )

const dayMilliseconds = 86_400_000

const shifted = (value: string, days: number): string => {
  const time = Date.parse(value)
  if (Number.isNaN(time)) return value
  const moved = new Date(time + days * dayMilliseconds).toISOString()
  if (!value.includes('T')) return moved.slice(0, 10)
  // The span between two times must stay, and so must the way in which they are written.
  return /\.\d+/.test(value) ? moved : moved.replace(/\.\d+/, '')
}

const isTime = (format: JsonValue | undefined): boolean =>
  format === 'date' || format === 'date-time'

/** Words of the header by which a client calls a request, so that a repeat is known as one. */
export const isIdempotencyKey = (name: string): boolean => /^(x-)?idempotency-?key$/i.test(name)

/**
 * The draft with new texts or other times in its body, so that a provider that keeps each only once
 * takes it again. What calls other things by their ids stays.
 */
export const freshened = (
  session: Session,
  draft: Draft,
  { textsFrom, times }: Freshness,
): Draft => {
  const { body } = draft
  const { document, schemas } = session.spec
  if (body?.content.schema === undefined) return draft
  const references = new Set(
    referencesIn(session, draft).flatMap(({ at, part }) => (part === 'body' ? [at] : [])),
  )
  const days = session.next() * 7
  const pointer = body.content.schema
  let { value } = body
  for (const { at, value: part, schema } of placesIn(document, { $ref: `#${pointer}` }, value)) {
    if (typeof part !== 'string' || references.has(at)) continue
    if (schema['enum'] !== undefined || schema['const'] !== undefined) continue
    let next: JsonValue = part
    if (isTime(schema['format'])) next = times === true ? shifted(part, days) : part
    else if (textsFrom !== undefined && part.length >= textsFrom)
      next = sample(schema, document, session.seed + session.next(), 2)
    const changed = replacedAt(value, at, next)
    if (next !== part && schemas.accepts(pointer, 'request', changed)) value = changed
  }
  return withBody(draft, value)
}

/** The draft under a name that no other request has, where it has one at all. */
export const withOwnKey = (session: Session, draft: Draft): Draft => {
  const key = draft.values.find(
    ([{ in: place, name }]) => place === 'header' && isIdempotencyKey(name),
  )
  if (key === undefined) return draft
  const [parameter] = key
  const { schemas, document } = session.spec
  const { schema } = parameter
  const salt = session.seed + session.next()
  const named = `proofbook-${salt}-${session.next()}`
  const value =
    schema === undefined || schemas.accepts(schema, 'request', named)
      ? named
      : sample({ $ref: `#${schema}` }, document, salt, 2)
  return withParameter(draft, parameter, value)
}
