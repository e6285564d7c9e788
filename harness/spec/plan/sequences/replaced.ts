import type { Exchange } from '../../../model/http.ts'
import { isObject, type JsonObject, type JsonValue } from '../../json.ts'
import type { Asking, Observation, Operation } from '../../types.ts'
import { basesOf, readyDraft } from '../bases.ts'
import { written, type Draft, type DraftBody } from '../draft.ts'
import { isCreating } from '../state/creators.ts'
import { ask, isTaken } from '../state/observe.ts'
import type { Session } from '../state/session.ts'
import { conditional } from '../state/targets.ts'
import { foundWhereItIs } from './created.ts'
import { lost, readBack } from './lost.ts'
import { changed, required } from './other-bodies.ts'
import { countIn, instanceOf, listed, observed, read, type Reading } from './reading.ts'
import { isSame, unwrapped } from './same.ts'
import { settled } from './settled.ts'

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
    const reading = yield* readBack(session, other, second, thing)
    observations.push(...lost(session, other, second, reading))
    const before = yield* settled(
      () => listed(session, thing),
      (seen) => seen === undefined || countIn(seen, thing) !== 0,
    )
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
    const twice = yield* readBack(session, other, again, thing)
    if (isTaken(again)) observations.push(...lost(session, other, again, twice))
    const [bare, last] = yield* sent(
      'only what is required',
      required(session, other.body ?? draft.body),
    )
    const sentBefore = other.body?.value
    if (!isTaken(last) || !isObject(sentBefore) || bare.body === undefined) continue
    const left = bare.body.value
    const rest = yield* settled(
      () => read(session, thing),
      (seen) => merged(sentBefore, left, seen) === undefined,
    )
    const kept = merged(sentBefore, left, rest)
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
