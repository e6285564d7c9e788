import { named } from '../json.ts'
import { isJson } from '../media-type.ts'
import { valueAt } from '../pointer.ts'
import { sample } from '../schema/generate.ts'
import { placesIn, replacedAt } from '../schema/places.ts'
import { branchesInside } from '../schema/vary/members.ts'
import type { Asking, Operation } from '../types.ts'
import { withBody, written, type Draft, type DraftBody } from './draft.ts'
import { levelMax, type RenewOptions } from './state/freshen.ts'
import { ask, isTaken } from './state/observe.ts'
import { renewed, repeated } from './state/reach.ts'
import { referencesIn, referred } from './state/references.ts'
import { instancesOf, type Session } from './state/session.ts'
import { draftsOf, isSafe } from './state/targets.ts'

const basesMax = 4
const fillsMax = 60

/** A body in which everything is there that may be, as far as that keeps its schema. */
const filled = ({ spec, seed }: Session, body: DraftBody): DraftBody => {
  const { content } = body
  const { schema } = content
  let { value } = body
  if (schema === undefined) return body
  // What is put in may have room for more.
  for (let round = 0; round < 3; round += 1) {
    const absent = placesIn(spec.document, { $ref: `#${schema}` }, value).filter(
      (place) => place.value === undefined && place.at !== '',
    )
    for (const place of absent.slice(0, fillsMax)) {
      const next = replacedAt(value, place.at, sample(place.raw, spec.document, seed, 2))
      if (spec.schemas.accepts(schema, 'request', next)) value = next
    }
  }
  return { content, value }
}

/**
 * The same without the ids that were put in for things that nobody has shown: a made-up one is
 * refused, and everything else in the body with it.
 */
const withoutMadeUp = (
  session: Session,
  operation: Operation,
  full: DraftBody,
  original: DraftBody,
): DraftBody => {
  const { schema } = full.content
  if (schema === undefined) return full
  const draft = { operation, values: [], credentials: [], body: full }
  let { value } = full
  for (const { at, part, resource } of referencesIn(session, draft)) {
    if (part !== 'body' || valueAt(original.value, at) !== undefined) continue
    if (instancesOf(session, resource).length > 0) continue
    const next = replacedAt(value, at, undefined)
    if (session.spec.schemas.accepts(schema, 'request', next)) value = next
  }
  return { ...full, value }
}

/** Bodies of other branches than the given one: other examples, other members of oneOf and anyOf. */
const others = (session: Session, operation: Operation, first: DraftBody): readonly DraftBody[] => {
  const { spec, seed } = session
  const documented = draftsOf(session, operation).flatMap(({ draft }) =>
    draft.body === undefined ? [] : [draft.body],
  )
  const { schema } = first.content
  if (schema === undefined || !isJson(first.content.mediaType)) return documented
  const context = { document: spec.document, seed }
  const branches = placesIn(spec.document, { $ref: `#${schema}` }, first.value)
    .flatMap((place) => branchesInside(place, context))
    .map(({ at, value }) => ({ content: first.content, value: replacedAt(first.value, at, value) }))
    .filter(({ value }) => spec.schemas.accepts(schema, 'request', value))
  return [...documented, ...branches]
}

const keyOf = ({ content, value }: DraftBody): string => JSON.stringify([content.mediaType, value])

/** A draft of an operation with a body of our own, in a state in which it should be taken. */
export function* readyDraft(
  session: Session,
  operation: Operation,
  options: RenewOptions = {},
  level = session.learned.get(operation)?.level ?? 0,
): Asking<Draft | undefined> {
  const learned = session.learned.get(operation)
  if (learned === undefined) return undefined
  const { body } = options
  const last = body === undefined ? learned.draft : { ...learned.draft, body }
  if (isSafe(operation)) return last
  const draft = (yield* renewed(session, operation, level, options)) ?? last
  // What was made up in the body must call things that there are.
  if (body === undefined) return draft
  const calling = yield* referred(session, draft, 0, (resource) => instancesOf(session, resource))
  return asLearned(session, learned.draft, draft, calling)
}

/**
 * What was taken before stays where the kind of thing that it calls is a guess: `tripId` looks like
 * the id of a booking where both are UUIDs, and is none.
 */
const asLearned = (session: Session, learned: Draft, draft: Draft, calling: Draft): Draft => {
  let result = calling
  for (const { at, part, resource } of referencesIn(session, draft)) {
    if (part !== 'body' || draft.body === undefined || result.body === undefined) continue
    const value = valueAt(draft.body.value, at)
    if (value === undefined || value !== valueAt(learned.body?.value ?? null, at)) continue
    const isKnown = instancesOf(session, resource).some(
      ({ values }) => named(values.at(-1)) === named(value),
    )
    if (!isKnown) result = withBody(result, replacedAt(result.body.value, at, value))
  }
  return result
}

/**
 * The bodies from which others are made: each taken by the provider once, and as full as can be, so
 * that every part of a body is reached at every depth. `undefined` stands for no body.
 */
export function* basesOf(
  session: Session,
  operation: Operation,
): Asking<readonly (DraftBody | undefined)[]> {
  const learned = session.learned.get(operation)
  if (learned === undefined) return []
  // Once more, so that it is known how new a request must be to be taken again.
  if (!isSafe(operation)) yield* repeated(session, operation)
  const { body } = learned.draft
  if (body === undefined) return [undefined]
  const found = new Map<string, DraftBody>()
  const wanted = [body, ...others(session, operation, body)].map((one) => {
    const full = filled(session, one)
    return [full, withoutMadeUp(session, operation, full, one), one]
  })
  for (const candidates of wanted) {
    if (found.size >= basesMax) break
    const distinct = new Map(candidates.map((one) => [keyOf(one), one]))
    for (const candidate of distinct.values()) {
      if (found.has(keyOf(candidate))) break
      if (!(yield* isBase(session, operation, candidate))) continue
      found.set(keyOf(candidate), candidate)
      break
    }
  }
  return found.size === 0 ? [body] : [...found.values()]
}

/** Whether a body is taken, in the state that is known to be right or in a newer one. */
function* isBase(session: Session, operation: Operation, body: DraftBody): Asking<boolean> {
  const level = session.learned.get(operation)?.level ?? 0
  for (const one of new Set([level, Math.min(levelMax, Math.max(level, 1))])) {
    const draft = yield* readyDraft(session, operation, { body }, one)
    if (draft === undefined) return false
    const exchange = yield* ask(session, written(draft, 'another valid body', { kind: 'valid' }))
    if (isTaken(exchange)) return true
  }
  return false
}
