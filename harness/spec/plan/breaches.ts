import type { Asking, Operation, PlannedRequest } from '../types.ts'
import { basesOf, readyDraft } from './bases.ts'
import { written, type Draft } from './draft.ts'
import { levelMax } from './state/freshen.ts'
import { ask, isTaken } from './state/observe.ts'
import { repeated } from './state/reach.ts'
import type { Session } from './state/session.ts'
import { isSafe } from './state/targets.ts'
import type { Variant } from './variants.ts'

const roundsMax = 2

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
    for (let round = 0; round < roundsMax; round += 1) {
      let base = yield* readyDraft(session, operation, options)
      if (base === undefined) return
      for (const trial of trialsOf(base)) {
        if (done.has(trial.key)) continue
        keys.push(trial.key)
        const exchange = yield* ask(session, trial.plan(base))
        if (isTaken(exchange) && !isSafe(operation))
          base = (yield* readyDraft(session, operation, options)) ?? base
      }
      if (isSafe(operation)) break
      const proof = yield* ask(session, written(base, 'unchanged', { kind: 'valid' }))
      const level = session.learned.get(operation)?.level ?? levelMax
      if (isTaken(proof) || level >= levelMax) break
      if ((yield* repeated(session, operation)) === undefined) break
    }
    for (const key of keys) done.add(key)
  }
}
