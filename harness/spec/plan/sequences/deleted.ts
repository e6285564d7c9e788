import { isObject } from '../../json.ts'
import type { Asking, Observation, Operation, Spec } from '../../types.ts'
import { readyDraft } from '../bases.ts'
import { written } from '../draft.ts'
import { ask, isTaken, jsonOf } from '../state/observe.ts'
import { repeated } from '../state/reach.ts'
import type { Session } from '../state/session.ts'
import { countIn, factsOf, instanceOf, listed, observed, read } from './reading.ts'
import { differences } from './same.ts'
import { isLate, settled } from './settled.ts'
import { wordsOfSuccess } from './words.ts'

/** A list that is as long as this may go on. */
const wholeMax = 100

/** Words with which a document says that what is deleted is there still. */
const another =
  /archiv|soft.?delet|can (still )?be read|read still|remains? readable|deactivat|is (then |only )?(marked|cancelled|disabled|closed)|restor|trash|retain/i

/** Whether a document describes another end of what is deleted than that it is gone. */
export const isAnotherEnd = (spec: Spec, operation: Operation): boolean =>
  another.test(wordsOfSuccess(spec, operation))

/** What is deleted is gone, unless the document describes another end. */
export function* deletedAndRead(
  session: Session,
  operation: Operation,
): Asking<readonly Observation[]> {
  yield* repeated(session, operation)
  const draft = yield* readyDraft(session, operation)
  const thing = draft === undefined ? undefined : instanceOf(draft)
  if (draft === undefined || thing === undefined) return []
  const before = yield* listed(session, thing)
  const exchange = yield* ask(session, written(draft, 'deleting'))
  if (!isTaken(exchange)) return []
  const end = jsonOf(exchange)
  const isEnd = isObject(end) && Object.keys(end).length > 0
  const isKept = isEnd || isAnotherEnd(session.spec, operation)
  const reading = yield* settled(
    () => read(session, thing),
    (seen) => isKept || seen?.body === undefined,
  )
  const observations: Observation[] = []
  if (isEnd) {
    // It answers with what has become of the thing: then that is what is read.
    if (reading?.body !== undefined)
      observations.push(
        ...differences(end, reading.body, session.spec.document, undefined)
          .slice(0, 1)
          .map((one) =>
            observed('write-lost', operation, [exchange, reading.exchange], factsOf(one)),
          ),
      )
    return observations
  }
  if (isAnotherEnd(session.spec, operation)) return []
  if (isLate(session, operation)) return []
  if (reading !== undefined)
    observations.push(
      observed('deleted-still-there', operation, [exchange, reading.exchange], { how: 'read' }),
    )
  const after = yield* settled(
    () => listed(session, thing),
    (seen) => seen === undefined || countIn(seen, thing) === 0,
  )
  if (after !== undefined && isLate(session, after.operation)) return observations
  const count = after === undefined ? undefined : countIn(after, thing)
  const was = before === undefined ? undefined : countIn(before, thing)
  if (after !== undefined && count !== undefined && was !== 0)
    observations.push(
      observed('deleted-still-there', operation, [exchange, after.exchange], {
        how: 'listed',
        count,
      }),
    )
  // Elsewhere others, and other cases, take their own things out of the same list meanwhile.
  if (!session.isOurs || after === undefined || after.items.length >= wholeMax) return observations
  const again = yield* ask(session, written(draft, 'deleting it once more', { kind: 'odd' }))
  const rest = yield* listed(session, thing)
  if (rest !== undefined)
    observations.push(
      observed('delete-repeats', operation, [exchange, after.exchange, again, rest.exchange], {
        before: after.items.length,
        after: rest.items.length,
      }),
    )
  return observations
}
