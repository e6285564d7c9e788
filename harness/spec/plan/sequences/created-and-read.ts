import type { Asking, Observation, Operation } from '../../types.ts'
import { basesOf, readyDraft } from '../bases.ts'
import { written, type Draft, type DraftBody } from '../draft.ts'
import { ask, isTaken } from '../state/observe.ts'
import type { Session } from '../state/session.ts'
import { skeletonOf } from '../state/templates.ts'
import { foundWhereItIs, knownThings, madeBy } from './created.ts'
import { lost, readBack } from './lost.ts'
import { listed, placedIn } from './reading.ts'
import { changed, withFractions, withLongTexts } from './other-bodies.ts'

/** What makes something: it is where it says, is listed, and is as it was sent. */
export function* createdAndRead(
  session: Session,
  operation: Operation,
): Asking<readonly Observation[]> {
  const observations: Observation[] = []
  let fullest: DraftBody | undefined
  for (const base of yield* basesOf(session, operation)) {
    const body = base === undefined ? undefined : withFractions(session, base)
    const draft = yield* readyDraft(session, operation, body === undefined ? {} : { body })
    if (draft === undefined) continue
    const known = knownThings(session)
    const before = yield* listed(session, {
      resource: `${skeletonOf(operation.path)}/{}`,
      values: [...placedIn(draft), ''],
    })
    const made = yield* ask(session, written(draft, 'writing'))
    if (!isTaken(made)) continue
    fullest ??= draft.body
    const thing = madeBy(session, draft, known)
    const found = yield* foundWhereItIs(session, draft, made, thing, before)
    observations.push(...found.observations, ...lost(session, draft, made, found.reading))
  }
  if (fullest !== undefined)
    for (const [name, other] of otherwise)
      observations.push(...(yield* keptAs(session, operation, fullest, name, other)))
  return observations
}

/** A body with other values in it, and the request that it makes in words. */
const otherwise = [
  ['writing something else', changed],
  ['writing long texts', withLongTexts],
] as const

/** What is made of another body is as it was sent, too. */
function* keptAs(
  session: Session,
  operation: Operation,
  body: DraftBody,
  name: string,
  other: (session: Session, draft: Draft, body: DraftBody) => DraftBody,
): Asking<readonly Observation[]> {
  const ready = yield* readyDraft(session, operation, { body })
  if (ready?.body === undefined) return []
  // What must be new in it is new before it is changed.
  const draft = { ...ready, body: other(session, ready, ready.body) }
  if (JSON.stringify(draft.body.value) === JSON.stringify(ready.body.value)) return []
  const known = knownThings(session)
  const made = yield* ask(session, written(draft, name))
  if (!isTaken(made)) return []
  const thing = madeBy(session, draft, known)
  const reading = thing === undefined ? undefined : yield* readBack(session, draft, made, thing)
  return lost(session, draft, made, reading)
}
