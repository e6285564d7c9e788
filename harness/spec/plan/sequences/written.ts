import type { Exchange } from '../../../model/http.ts'
import { isObject, type JsonObject, type JsonValue } from '../../json.ts'
import { sample } from '../../schema/generate.ts'
import { placesIn, replacedAt } from '../../schema/places.ts'
import { numberIn, typesIn } from '../../schema/vary/variation.ts'
import type { Asking, Observation, Operation } from '../../types.ts'
import { basesOf, readyDraft } from '../bases.ts'
import { withBody, written, type Draft, type DraftBody } from '../draft.ts'
import { referencesIn } from '../state/references.ts'
import { isCreating } from '../state/creators.ts'
import { ask, isTaken, jsonOf } from '../state/observe.ts'
import type { Session } from '../state/session.ts'
import { conditional } from '../state/targets.ts'
import { foundWhereItIs, knownThings, madeBy } from './created.ts'
import {
  countIn,
  factsOf,
  instanceOf,
  listed,
  observed,
  read,
  successSchema,
  type Reading,
} from './reading.ts'
import { differences, isSame, unwrapped } from './same.ts'

/** What was sent in a body and is not kept, as a reading of it shows. */
const lost = (
  session: Session,
  draft: Draft,
  made: Exchange,
  reading: Reading | undefined,
): readonly Observation[] => {
  const sent = draft.body?.value
  const { document } = session.spec
  const { operation } = draft
  const found = (
    exchange: Exchange,
    body: JsonValue | undefined,
    schema: string | undefined,
  ): readonly Observation[] => {
    if (!isObject(sent)) return []
    const like = unwrapped(body, sent)
    if (like === undefined) return []
    return differences(sent, like, document, like === body ? schema : undefined)
      .slice(0, 1)
      .map((one) =>
        observed(
          'write-lost',
          operation,
          [made, exchange],
          factsOf(one),
          draft.body?.content.pointer,
        ),
      )
  }
  const own = found(made, jsonOf(made), successSchema(operation))
  if (own.length > 0 || reading === undefined) return own
  return found(reading.exchange, reading.body, reading.schema)
}

/** A body with other values than the given one, wherever the schema leaves a choice. */
export const changed = (session: Session, draft: Draft, body: DraftBody): DraftBody => {
  const { document, schemas } = session.spec
  const { content } = body
  const { schema } = content
  if (schema === undefined) return body
  const fixed = new Set(
    referencesIn(session, { ...draft, body }).flatMap(({ at, part }) =>
      part === 'body' ? [at] : [],
    ),
  )
  let { value } = body
  for (const place of placesIn(document, { $ref: `#${schema}` }, value)) {
    const { at, value: part, schema: own, raw } = place
    if (at === '' || part === undefined || isObject(part) || fixed.has(at)) continue
    if (own['const'] !== undefined || own['format'] === 'date-time' || own['format'] === 'date')
      continue
    const options = [
      ...(typeof part === 'number' ? [part + 1, part - 1] : []),
      ...(typeof part === 'boolean' ? [!part] : []),
      ...[2, 5, 8, 11].map((index) => sample(raw, document, session.seed + session.next(), index)),
    ]
    const next = options.find(
      (one) => !isSame(one, part) && schemas.accepts(schema, 'request', replacedAt(value, at, one)),
    )
    if (next !== undefined) value = replacedAt(value, at, next)
  }
  return { content, value }
}

/** A body whose numbers have a fraction where they may: what is kept in whole numbers loses it. */
const withFractions = (session: Session, body: DraftBody): DraftBody => {
  const { document, schemas } = session.spec
  const { schema } = body.content
  let { value } = body
  if (schema === undefined) return body
  for (const { at, value: part, schema: own } of placesIn(
    document,
    { $ref: `#${schema}` },
    value,
  )) {
    if (typeof part !== 'number' || !Number.isInteger(part) || !typesIn(own).includes('number'))
      continue
    const next = replacedAt(value, at, part + (numberIn(own, 'multipleOf') ?? 0.25))
    if (schemas.accepts(schema, 'request', next)) value = next
  }
  return { ...body, value }
}

/** What makes something: it is where it says, is listed, and is as it was sent. */
export function* createdAndRead(
  session: Session,
  operation: Operation,
): Asking<readonly Observation[]> {
  const observations: Observation[] = []
  for (const base of yield* basesOf(session, operation)) {
    const body = base === undefined ? undefined : withFractions(session, base)
    const draft = yield* readyDraft(session, operation, body === undefined ? {} : { body })
    if (draft === undefined) continue
    const known = knownThings(session)
    const made = yield* ask(session, written(draft, 'writing'))
    if (!isTaken(made)) continue
    const thing = madeBy(session, draft, known)
    const found = yield* foundWhereItIs(session, draft, made, thing)
    observations.push(...found.observations, ...lost(session, draft, made, found.reading))
  }
  return observations
}

const required = (session: Session, body: DraftBody): DraftBody => {
  const { document, schemas } = session.spec
  const { schema } = body.content
  if (schema === undefined) return body
  let { value } = body
  for (const place of placesIn(document, { $ref: `#${schema}` }, value).toReversed()) {
    if (
      place.isRequired ||
      place.at === '' ||
      place.value === undefined ||
      place.at.split('/').length > 2
    )
      continue
    const next = replacedAt(value, place.at, undefined)
    if (schemas.accepts(schema, 'request', next)) value = next
  }
  return { ...body, value }
}

/** Properties that were sent before, were left out after, and are there still. */
const merged = (
  before: JsonObject,
  after: JsonValue,
  reading: Reading | undefined,
): string | undefined => {
  const body = unwrapped(reading?.body, before)
  if (!isObject(after) || body === undefined) return undefined
  return Object.keys(before).find((name) => {
    const [sent, now] = [before[name], body[name]]
    const isTelling =
      sent !== null &&
      sent !== undefined &&
      sent !== false &&
      sent !== 0 &&
      JSON.stringify(sent) !== '[]'
    return isTelling && after[name] === undefined && now !== undefined && isSame(sent, now)
  })
}

/** PUT says what a thing is (RFC 9110, 9.3.4): all of it, once, however often it is sent. */
export function* putAndRead(
  session: Session,
  operation: Operation,
): Asking<readonly Observation[]> {
  const observations: Observation[] = []
  for (const body of yield* basesOf(session, operation)) {
    // A name that nobody used yet, where it makes what was not there.
    const level = isCreating(operation) ? 1 : undefined
    const draft = yield* readyDraft(session, operation, body === undefined ? {} : { body }, level)
    const thing = draft === undefined ? undefined : instanceOf(draft)
    if (draft?.body === undefined || thing === undefined) continue
    const first = yield* ask(session, written(draft, 'writing'))
    if (!isTaken(first)) continue
    const seen = yield* foundWhereItIs(session, draft, first, thing)
    observations.push(...seen.observations, ...lost(session, draft, first, seen.reading))
    const sent = function* (name: string, next: DraftBody): Asking<readonly [Draft, Exchange]> {
      const ready = yield* conditional(session, { ...draft, body: next })
      return [ready, yield* ask(session, written(ready, name))]
    }
    const [other, second] = yield* sent(
      'writing something else',
      changed(session, draft, draft.body),
    )
    if (!isTaken(second)) continue
    const reading = yield* read(session, thing)
    observations.push(...lost(session, other, second, reading))
    const before = yield* listed(session, thing)
    const [, again] = yield* sent('the same once more', other.body ?? draft.body)
    const after = yield* listed(session, thing)
    const counts =
      before === undefined || after === undefined
        ? {}
        : {
            before: before.items.length,
            after: after.items.length,
            count: countIn(after, thing) ?? 1,
          }
    observations.push(observed('put-adds', operation, [second, again], counts))
    const twice = yield* read(session, thing)
    if (isTaken(again)) observations.push(...lost(session, other, again, twice))
    const [bare, last] = yield* sent(
      'only what is required',
      required(session, other.body ?? draft.body),
    )
    const sentBefore = other.body?.value
    if (!isTaken(last) || !isObject(sentBefore) || bare.body === undefined) continue
    const rest = yield* read(session, thing)
    const kept = merged(sentBefore, bare.body.value, rest)
    if (kept !== undefined && rest !== undefined)
      observations.push(
        observed('put-merges', operation, [second, last, rest.exchange], {
          name: kept,
          value: sentBefore[kept] ?? null,
        }),
      )
  }
  return observations
}

/** PATCH changes what it names and nothing else (RFC 5789, 2). */
export function* patchAndRead(
  session: Session,
  operation: Operation,
): Asking<readonly Observation[]> {
  const observations: Observation[] = []
  const [body] = yield* basesOf(session, operation)
  const draft = body === undefined ? undefined : yield* readyDraft(session, operation, { body })
  const thing = draft === undefined ? undefined : instanceOf(draft)
  const value = draft?.body?.value
  if (draft?.body === undefined || thing === undefined || !isObject(value)) return []
  const full = yield* ask(session, written(draft, 'changing all'))
  if (!isTaken(full)) return []
  observations.push(...lost(session, draft, full, yield* read(session, thing)))
  const { schemas, document } = session.spec
  const schema = draft.body.content.schema ?? ''
  const other = changed(session, draft, draft.body).value
  const nulls = placesIn(document, { $ref: `#${schema}` }, value)
    .filter(
      ({ at, schema: own }) =>
        at.split('/').length === 2 && JSON.stringify(own['type'] ?? '').includes('null'),
    )
    .map(({ at }) => ({ [at.slice(1)]: null }))
  const single = isObject(other)
    ? Object.entries(other).map(([name, part]) => ({ [name]: part }))
    : []
  for (const change of [...single, ...nulls].filter((one) =>
    schemas.accepts(schema, 'request', one),
  )) {
    const before = yield* read(session, thing)
    const ready = yield* conditional(session, withBody(draft, change))
    const exchange = yield* ask(
      session,
      written(ready, `changing only ${Object.keys(change).join()}`),
    )
    if (!isTaken(exchange)) continue
    const reading = yield* read(session, thing)
    const after = reading?.body ?? (before === undefined ? jsonOf(exchange) : undefined)
    observations.push(...lost(session, ready, exchange, reading))
    const [a, b] = [unwrapped(before?.body ?? jsonOf(full), value), unwrapped(after, value)]
    if (a === undefined || b === undefined) continue
    const spilled = Object.keys(value).find(
      (name) =>
        !Object.hasOwn(change, name) && a[name] !== undefined && !isSame(a[name], b[name] ?? null),
    )
    if (spilled !== undefined)
      observations.push(
        observed(
          'patch-spills',
          operation,
          [
            ...(before === undefined ? [full] : [before.exchange]),
            exchange,
            reading?.exchange ?? exchange,
          ],
          {
            name: spilled,
            named: Object.keys(change).join(),
            written: a[spilled] ?? null,
            ...(b[spilled] === undefined ? {} : { read: b[spilled] }),
          },
        ),
      )
  }
  return observations
}
