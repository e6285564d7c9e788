import type { Asking, Observation, Operation } from '../../types.ts'
import { readyDraft } from '../bases.ts'
import { written } from '../draft.ts'
import { withOwnKey } from '../state/freshen.ts'
import { ask, isTaken } from '../state/observe.ts'
import { repeated } from '../state/reach.ts'
import type { Session } from '../state/session.ts'
import { observed } from './reading.ts'
import { spokenOf } from './spoken.ts'
import { wordsOfStatus } from './words.ts'

const once = /\b(already|exists?|taken|twice|duplicate|unique|in use)\b/i

/** Where the document says 409 to what is there or was done already: the same once more. */
export function* twice(session: Session, operation: Operation): Asking<readonly Observation[]> {
  const words = wordsOfStatus(session.spec, operation, '409')
  // A PUT or PATCH that is repeated asks for what is there already.
  if (!once.test(words) || ['PUT', 'PATCH'].includes(operation.method)) return []
  if ((yield* repeated(session, operation)) === undefined) return []
  const ready = yield* readyDraft(session, operation)
  const body = ready === undefined ? undefined : spokenOf(session, ready, words)
  const draft =
    body === undefined || body === ready?.body
      ? ready
      : yield* readyDraft(session, operation, { body })
  if (draft === undefined) return []
  const first = yield* ask(session, written(draft, 'once'))
  if (!isTaken(first)) return []
  const second = yield* ask(session, written(withOwnKey(session, draft), 'the same once more'))
  return [
    observed('conflict-accepted', operation, [first, second], { words, state: 'was done already' }),
  ]
}
