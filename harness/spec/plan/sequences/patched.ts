import { isObject } from '../../json.ts'
import { placesIn } from '../../schema/places.ts'
import type { Asking, Observation, Operation } from '../../types.ts'
import { basesOf, readyDraft } from '../bases.ts'
import { withBody, written } from '../draft.ts'
import { ask, isTaken, jsonOf } from '../state/observe.ts'
import type { Session } from '../state/session.ts'
import { conditional } from '../state/targets.ts'
import { lost, readBack } from './lost.ts'
import { changed } from './other-bodies.ts'
import { instanceOf, observed, read } from './reading.ts'
import { isSame, unwrapped } from './same.ts'

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
  observations.push(...lost(session, draft, full, yield* readBack(session, draft, full, thing)))
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
    const reading = yield* readBack(session, ready, exchange, thing)
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
