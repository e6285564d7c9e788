import { headerOf, type Exchange } from '../../../model/http.ts'
import { isObject, type JsonValue } from '../../json.ts'
import { essenceOf } from '../../media-type.ts'
import type { Asking, Observation } from '../../types.ts'
import type { Draft } from '../draft.ts'
import { jsonOf } from '../state/observe.ts'
import type { Instance, Session } from '../state/session.ts'
import { factsOf, observed, read, successSchema, type Reading } from './reading.ts'
import { differences, unwrapped, withNamesOf } from './same.ts'
import { settled } from './settled.ts'

/** What was sent in a body and is not kept, as a reading of it shows. */
export const lost = (
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
    const written = withNamesOf(sent, like)
    return differences(written, like, document, like === body ? schema : undefined)
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
  if (typeof sent === 'string') return otherBytes(draft, sent, made, reading)
  return found(reading.exchange, reading.body, reading.schema)
}

/** What was written as it is, in a media type of its own, is read as it is in the same. */
const otherBytes = (
  { operation, body }: Draft,
  sent: string,
  made: Exchange,
  { exchange }: Reading,
): readonly Observation[] => {
  const { answer } = exchange
  const { mediaType = '' } = body?.content ?? {}
  const came = essenceOf(headerOf(answer?.headers ?? [], 'content-type') ?? '')
  const isOfBytes = [came, essenceOf(mediaType)].every((one) => one === 'application/octet-stream')
  if (answer === undefined || operation.method !== 'PUT' || !isOfBytes) return []
  const text = new TextDecoder().decode(answer.body)
  return text === sent
    ? []
    : [
        observed('write-lost', operation, [made, exchange], {
          at: '/body',
          written: sent,
          read: text,
        }),
      ]
}

/** Reads what was written, for a while if what is read is not yet that. */
export function* readBack(
  session: Session,
  draft: Draft,
  made: Exchange,
  thing: Instance,
): Asking<Reading | undefined> {
  // What the answer itself has lost will not be found.
  if (lost(session, draft, made, undefined).length > 0) return yield* read(session, thing)
  return yield* settled(
    () => read(session, thing),
    (seen) => lost(session, draft, made, seen).length === 0,
  )
}
