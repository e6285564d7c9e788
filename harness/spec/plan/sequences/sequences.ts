import type { Asking, Observation, Operation } from '../../types.ts'
import { lists } from '../lists/lists.ts'
import { isCreating } from '../state/creators.ts'
import { reach } from '../state/reach.ts'
import { openSession, type Session, type SessionOptions } from '../state/session.ts'
import { isSafe } from '../state/targets.ts'
import { allowed } from './allowed.ts'
import { amounts } from './amounts.ts'
import { deletedAndRead } from './deleted.ts'
import { mediaTypes } from './media-types.ts'
import { headers, sameKey, staleTags, unchanged } from './preconditions.ts'
import { occupied } from './occupied.ts'
import { orphans } from './orphans.ts'
import { patchAndRead } from './patched.ts'
import { rateLimits } from './rate-limits.ts'
import { ranges } from './ranges.ts'
import { putAndRead } from './replaced.ts'
import { twice } from './twice.ts'
import { inWrongStates } from './wrong-states.ts'
import { createdAndRead } from './created-and-read.ts'

/** One thing that only several requests show. */
type Sequence = (session: Session, operation: Operation) => Asking<readonly Observation[]>

/** The sequences that begin with an operation. */
const sequencesOf = (operation: Operation, mayWrite: boolean): readonly Sequence[] => {
  const { method } = operation
  if (method === 'GET') return [headers, mediaTypes, unchanged, lists, allowed, rateLimits]
  if (!mayWrite || isSafe(operation)) return []
  return [
    ...(method === 'POST' && isCreating(operation) ? [createdAndRead] : []),
    ...(method === 'PUT' ? [putAndRead] : []),
    ...(method === 'PATCH' ? [patchAndRead] : []),
    ...(method === 'DELETE' ? [deletedAndRead, occupied, orphans] : []),
    staleTags,
    sameKey,
    twice,
    inWrongStates,
    ranges,
    amounts,
    allowed,
    rateLimits,
  ]
}

/** The script of the technique `sequences`: what is only seen from one request to the next. */
export const sequences = (operation: Operation, options: SessionOptions) => {
  const wanted = sequencesOf(operation, options.mayWrite)
  if (wanted.length === 0) return undefined
  return function* (): Asking<readonly Observation[]> {
    const session = openSession(options)
    if ((yield* reach(session, operation)) === undefined) return []
    const observations: Observation[] = []
    for (const sequence of wanted) observations.push(...(yield* sequence(session, operation)))
    return observations
  }
}
