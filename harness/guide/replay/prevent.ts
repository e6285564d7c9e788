import type { FaultSeen } from '../seen.ts'
import { stepsBefore } from '../steps-before.ts'
import type { Prevention } from '../types.ts'
import { ScenarioEnded } from './outcome.ts'
import { held, runFences, type Rehearsal } from './rehearsal.ts'
import { runScenario } from './run-scenario.ts'
import type { SessionOptions } from './session.ts'
import { watchFault, type FaultWatch } from './under-fault.ts'

/** The same fault with a setting that is promised to prevent the worst of it. */
export const prevent = async (
  rehearsal: Rehearsal,
  { symptoms }: Prevention,
  session: SessionOptions,
): Promise<FaultSeen> => {
  const { script, step: named } = rehearsal
  const steps = [...stepsBefore(session.detail.scenario, named), named]
  let watch: FaultWatch | undefined
  try {
    const given = await runScenario(
      session,
      script,
      new Set(steps.map(({ number }) => number)),
      async (number, run, runPart) => {
        watch ??= await watchFault(session, { ...rehearsal, symptoms })
        const seen = await run()
        watch.ran(seen)
        if (number !== named.number) {
          if (!held(seen)) throw new ScenarioEnded()
          return
        }
        await watch.watchSigns(symptoms, seen)
        const fences = await runFences(rehearsal, 'prevention', runPart, watch.environment)
        if (fences !== undefined) watch.fencesRan(fences)
      },
    )
    const seen = await watch?.finish()
    return { ...(seen ?? { runs: [], signs: { log: [] } }), before: [given] }
  } finally {
    await watch?.finish()
  }
}
