import type { Exchange } from '../../model/http.ts'
import type { Asking, Observation, Operation, Technique } from '../types.ts'
import { boundaries } from './boundaries.ts'
import { credentials } from './credentials.ts'
import { written } from './draft.ts'
import { keyOf } from './examples.ts'
import { fuzz } from './fuzz/fuzz.ts'
import { negatives } from './negatives.ts'
import { sequences } from './sequences/sequences.ts'
import { isTaken } from './state/observe.ts'
import { reach } from './state/reach.ts'
import { openSession, type SessionOptions } from './state/session.ts'
import { draftsOf, isHopeless } from './state/targets.ts'

/** What a case asks; given the answers to what was asked already. */
type Script = (exchanges: readonly Exchange[]) => Asking<readonly Observation[]>

/** Makes the script of a technique for an operation; `undefined` where there is nothing to ask. */
type Technical = (operation: Operation, options: SessionOptions) => Script | undefined

/** Where no documented request is taken, a state is looked for in which one is. */
const examples: Technical = (operation, options) =>
  function* (exchanges) {
    if (exchanges.some(isTaken) || exchanges.every(isHopeless)) return []
    const session = openSession(options)
    for (const { draft } of draftsOf(session, operation))
      session.tried.add(keyOf(written(draft, '')))
    yield* reach(session, operation)
    return []
  }

/** The scripts of all techniques. */
export const scripts: Readonly<Record<Technique, Technical>> = {
  examples,
  boundaries,
  negatives,
  credentials,
  sequences,
  fuzz,
}
