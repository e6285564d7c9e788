import { headerOf } from '../../../model/http.ts'
import type { Asking, Observation, Operation, Parameter } from '../../types.ts'
import { readyDraft } from '../bases.ts'
import { withParameter, written, type Draft } from '../draft.ts'
import { isIdempotencyKey } from '../state/freshen.ts'
import { ask, isTaken, jsonOf } from '../state/observe.ts'
import { reach, repeated } from '../state/reach.ts'
import type { Session } from '../state/session.ts'
import { instanceOf, observed, read } from './reading.ts'
import { sentencesOf } from './state-rules.ts'
import { wordsAt, wordsOfStatus } from './words.ts'
import { changed } from './other-bodies.ts'

const headerNamed = (
  { parameters }: Operation,
  isWanted: (name: string) => boolean,
): Parameter | undefined =>
  parameters.find(({ in: place, name }) => place === 'header' && isWanted(name))

const documents = ({ responses }: Operation, status: string): boolean =>
  responses.some((one) => one.status === status)

/** A tag that was good for what is there no longer must not be good any more (RFC 9110, 13.1.1). */
export function* staleTags(session: Session, operation: Operation): Asking<readonly Observation[]> {
  const parameter = headerNamed(operation, (name) => /^if-match$/i.test(name))
  if (parameter === undefined || !(yield* reach(session, operation))) return []
  const draft = yield* readyDraft(session, operation)
  const thing = draft === undefined ? undefined : instanceOf(draft)
  if (draft?.body === undefined || thing === undefined) return []
  const before = yield* read(session, thing)
  const stale = headerOf(before?.exchange.answer?.headers ?? [], 'etag')
  if (before === undefined || stale === undefined) return []
  const next: Draft = {
    ...withParameter(draft, parameter, stale),
    body: changed(session, draft, draft.body),
  }
  const first = yield* ask(session, written(next, 'with the tag that it has'))
  if (!isTaken(first)) return []
  const after = yield* read(session, thing)
  const fresh = headerOf(after?.exchange.answer?.headers ?? [], 'etag') ?? ''
  const isChanged = JSON.stringify(before.body) !== JSON.stringify(after?.body)
  const observations = [
    observed('etag-unchanged', operation, [before.exchange, first, after?.exchange ?? first], {
      stale,
      fresh,
      isChanged,
    }),
  ]
  if (fresh === stale) return observations
  const second = yield* ask(
    session,
    written(withParameter(draft, parameter, stale), 'with a tag that it has no longer'),
  )
  return [
    ...observations,
    observed('precondition-ignored', operation, [first, second], {
      header: 'If-Match',
      wanted: 412,
    }),
  ]
}

/** What has not changed need not be sent again (RFC 9110, 13.1.2), where the document says so. */
export function* unchanged(session: Session, operation: Operation): Asking<readonly Observation[]> {
  if (!documents(operation, '304')) return []
  const draft = (yield* reach(session, operation))?.draft
  if (draft === undefined) return []
  const planned = written(draft, 'reading')
  const first = yield* ask(session, planned)
  const etag = headerOf(first.answer?.headers ?? [], 'etag')
  if (!isTaken(first) || etag === undefined) return []
  const headers = [
    ...planned.headers.filter(([name]) => !/^if-none-match$/i.test(name)),
    ['If-None-Match', etag] as const,
  ]
  const second = yield* ask(session, { ...planned, name: 'with the tag that it has', headers })
  return [
    observed('precondition-ignored', operation, [first, second], {
      header: 'If-None-Match',
      wanted: 304,
    }),
  ]
}

/** A request that is sent again under its own name is done once. */
export function* sameKey(session: Session, operation: Operation): Asking<readonly Observation[]> {
  if (headerNamed(operation, isIdempotencyKey) === undefined) return []
  const learned = yield* reach(session, operation)
  if (learned === undefined) return []
  const parameter = headerNamed(operation, isIdempotencyKey)
  yield* repeated(session, operation)
  const fresh = yield* readyDraft(session, operation)
  if (fresh === undefined || parameter === undefined) return []
  const key = `proofbook-${session.seed}-${session.next()}`
  const schema = parameter.schema ?? ''
  const value =
    schema === '' || session.spec.schemas.accepts(schema, 'request', key)
      ? key
      : fresh.values.find(([one]) => one === parameter)?.[1]
  if (value === undefined) return []
  const planned = written(withParameter(fresh, parameter, value), 'under a name of its own')
  const first = yield* ask(session, planned)
  if (!isTaken(first)) return []
  const second = yield* ask(session, { ...planned, name: 'once more under the same name' })
  const isSameAnswer = JSON.stringify(jsonOf(first)) === JSON.stringify(jsonOf(second))
  const repeat = observed('repeat-not-recognised', operation, [first, second], {
    header: parameter.name,
    isSameAnswer,
  })
  const words = otherBody(session, operation, parameter)
  if (words === undefined || fresh.body === undefined) return [repeat]
  const other = { ...fresh, body: changed(session, fresh, fresh.body) }
  const third = yield* ask(
    session,
    written(withParameter(other, parameter, value), 'something else under that name'),
  )
  const state = `has the ${parameter.name} of another request`
  const facts = { words, state, refusal: 'for example 422' }
  return [repeat, observed('conflict-accepted', operation, [first, third], facts)]
}

/** What a document says of a key that is used for two different requests, where it refuses that. */
const otherBody = (
  { spec }: Session,
  operation: Operation,
  parameter: Parameter,
): string | undefined =>
  [
    wordsAt(spec, parameter.pointer),
    wordsAt(spec, operation.pointer),
    ...['400', '409', '422'].map((status) => wordsOfStatus(spec, operation, status)),
  ]
    .flatMap(sentencesOf)
    .find(
      (one) =>
        /\bkeys?\b/i.test(one) &&
        /\b(another|different|other|not match|mismatch|not the same|differs?)\b/i.test(one) &&
        /\b(4\d\d|refus\w*|reject\w*|conflict\w*|error|used|fails?)\b/i.test(one),
    )

/** HEAD is GET without the body (RFC 9110, 9.3.2). */
export function* headers(session: Session, operation: Operation): Asking<readonly Observation[]> {
  if (
    session.spec.operations.some(({ method, path }) => method === 'HEAD' && path === operation.path)
  )
    return []
  const draft = (yield* reach(session, operation))?.draft
  if (draft === undefined) return []
  const planned = written(draft, 'reading')
  const get = yield* ask(session, planned)
  if (!isTaken(get)) return []
  const head = yield {
    ...planned,
    method: 'HEAD',
    name: 'the same with HEAD',
    intent: { kind: 'aside' },
  }
  // What counts how often it is read is never as long as before.
  const again = yield* ask(session, { ...planned, name: 'reading once more' })
  return [observed('head-differs', operation, [get, head, again])]
}
