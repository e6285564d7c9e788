import type { DrillSeen, Recovery } from '../seen.ts'
import { stepsBefore } from '../steps-before.ts'
import { ScenarioEnded } from './outcome.ts'
import { held, recover, type Rehearsal } from './rehearsal.ts'
import { runScenario } from './run-scenario.ts'
import type { SessionOptions } from './session.ts'
import { watchFault, type FaultWatch } from './under-fault.ts'

/**
 * The same fault without the solution: whether the step holds again by itself, within the time in
 * which the page promises that for the solution.
 */
export const control = async (
  rehearsal: Rehearsal,
  session: SessionOptions,
): Promise<NonNullable<DrillSeen['control']>> => {
  const { script, step: named } = rehearsal
  const steps = [...stepsBefore(session.detail.scenario, named), named]
  let watch: FaultWatch | undefined
  let recovery: Recovery | undefined
  try {
    const given = await runScenario(
      session,
      script,
      new Set(steps.map(({ number }) => number)),
      async (number, run) => {
        watch ??= await watchFault(session, { ...rehearsal, symptoms: [] })
        const seen = await run()
        watch.ran(seen)
        if (held(seen)) return
        if (number === named.number)
          recovery = await recover(rehearsal, session.world, performance.now(), run)
        throw new ScenarioEnded()
      },
    )
    const seen = await watch?.finish()
    return {
      ...(seen ?? { runs: [], signs: { log: [] } }),
      before: [given],
      ...(recovery === undefined ? {} : { recovery }),
    }
  } finally {
    await watch?.finish()
  }
}
