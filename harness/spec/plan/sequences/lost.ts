import type { Exchange } from '../../../model/http.ts'
import { isObject, type JsonValue } from '../../json.ts'
import type { Observation } from '../../types.ts'
import type { Draft } from '../draft.ts'
import { jsonOf } from '../state/observe.ts'
import type { Session } from '../state/session.ts'
import { factsOf, observed, successSchema, type Reading } from './reading.ts'
import { differences, unwrapped } from './same.ts'

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
