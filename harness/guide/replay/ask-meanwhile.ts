import { stepsBefore } from '../steps-before.ts'
import type { AskedMeanwhile, StepRun } from '../seen.ts'
import { ScenarioEnded } from './outcome.ts'
import { held, runFences, type Rehearsal } from './rehearsal.ts'
import { runScenario } from './run-scenario.ts'
import type { SessionOptions } from './session.ts'

/** How many times Given and the steps are asked once more while the fault is in force. */
const rounds = 3

/** What was asked during a fault, waiting to be looked for. */
export interface Meanwhile {
  /** Looks for what was accepted, or gives up looking. Once is enough. */
  finish(look: boolean): Promise<readonly AskedMeanwhile[]>
}

/**
 * Asks for Given, the steps before the named one and that one again while the fault is in force, each
 * time from the start, and holds what was kept until it can be looked for.
 */
export const askMeanwhile = async (
  rehearsal: Rehearsal,
  session: SessionOptions,
): Promise<Meanwhile> => {
  const { step, script } = rehearsal
  const steps = [...stepsBefore(session.detail.scenario, step), step]
  const numbers = new Set(steps.map(({ number }) => number))
  const after = Promise.withResolvers<boolean>()

  const ask = (): { readonly asked: Promise<unknown>; readonly done: Promise<AskedMeanwhile> } => {
    const asked = Promise.withResolvers<void>()
    const run = async (): Promise<AskedMeanwhile> => {
      let found: StepRun | undefined
      const given = await runScenario(session, script, numbers, async (number, go, runPart) => {
        if (held(await go()) && number !== step.number) return
        asked.resolve()
        if (await after.promise) found = await runFences(rehearsal, 'lost', runPart)
        throw new ScenarioEnded()
      })
      return { given, ...(found === undefined ? {} : { found }) }
    }
    const done = run().finally(() => asked.resolve())
    done.catch(() => {})
    return { asked: asked.promise, done }
  }

  const all = Array.from({ length: rounds }, ask)
  await Promise.all(all.map(({ asked }) => asked))
  session.world.journal.note(`asked ${rounds} times more while the fault is in force`)
  let finished: Promise<readonly AskedMeanwhile[]> | undefined
  return {
    finish: (look) => {
      after.resolve(look)
      finished ??= Promise.all(all.map(({ done }) => done))
      return finished
    },
  }
}
