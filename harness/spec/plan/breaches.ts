import type { Asking, Operation, PlannedRequest } from '../types.ts'
import { basesOf, readyDraft } from './bases.ts'
import { written, type Draft } from './draft.ts'
import { levelMax } from './state/freshen.ts'
import { ask, isTaken } from './state/observe.ts'
import { repeated } from './state/reach.ts'
import type { Session } from './state/session.ts'
import { isSafe } from './state/targets.ts'
import type { Variant } from './variants.ts'

/** How new the good request is made, one after the other, where it was not taken again. */
const newnesses = [1, 2, 4]

/** A request that must be refused, made from one that is taken. */
export interface Trial {
  /** Two trials of one key ask the same. */
  readonly key: string
  plan(base: Draft): PlannedRequest
}

/** The trial of a variant that breaks something. */
export const trialOf = (variant: Variant): Trial => ({
  key: JSON.stringify([variant.part, variant.rule, variant.value]),
  plan: (base) => {
    const { words, breach } = variant
    return written(variant.apply(base), words, { kind: 'invalid', breach, words })
  },
})

/**
 * Sends requests that must be refused, made from each of the bodies that an operation takes. They
 * leave no trace in a provider that refuses them, so all of them go to one state, in which the
 * request that they were made from is taken in the end: so that none was refused for another reason.
 */
export function* breached(
  session: Session,
  operation: Operation,
  trialsOf: (base: Draft) => readonly Trial[],
): Asking<void> {
  const done = new Set<string>()
  for (const body of yield* basesOf(session, operation)) {
    const options = body === undefined ? {} : { body }
    const keys: string[] = []
    let newness: number | undefined
    for (let round = 0; round <= newnesses.length; round += 1) {
      const level: number | undefined = newness
      let base = yield* readyDraft(session, operation, options, level)
      if (base === undefined) return
      for (const trial of trialsOf(base)) {
        if (done.has(trial.key)) continue
        keys.push(trial.key)
        const exchange = yield* ask(session, trial.plan(base))
        if (isTaken(exchange) && !isSafe(operation))
          base = (yield* readyDraft(session, operation, options, level)) ?? base
      }
      const isProved =
        isSafe(operation) ||
        isTaken(yield* ask(session, written(base, 'unchanged', { kind: 'valid' })))
      // Where even the good one was refused, the others may have been for that reason.
      if (isProved) for (const key of keys) done.add(key)
      const known = session.learned.get(operation)?.level ?? levelMax
      if (isProved || known >= levelMax) break
      if ((yield* repeated(session, operation)) === undefined) break
      const next = newnesses[round] ?? levelMax
      newness = Math.max(next, session.learned.get(operation)?.level ?? known)
    }
  }
}
