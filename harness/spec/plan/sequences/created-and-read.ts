import type { Asking, Observation, Operation } from '../../types.ts'
import { basesOf, readyDraft } from '../bases.ts'
import { written } from '../draft.ts'
import { ask, isTaken } from '../state/observe.ts'
import type { Session } from '../state/session.ts'
import { skeletonOf } from '../state/templates.ts'
import { foundWhereItIs, knownThings, madeBy } from './created.ts'
import { lost } from './lost.ts'
import { listed, placedIn } from './reading.ts'
import { withFractions } from './other-bodies.ts'

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
    const before = yield* listed(session, {
      resource: `${skeletonOf(operation.path)}/{}`,
      values: [...placedIn(draft), ''],
    })
    const made = yield* ask(session, written(draft, 'writing'))
    if (!isTaken(made)) continue
    const thing = madeBy(session, draft, known)
    const found = yield* foundWhereItIs(session, draft, made, thing, before)
    observations.push(...found.observations, ...lost(session, draft, made, found.reading))
  }
  return observations
}
