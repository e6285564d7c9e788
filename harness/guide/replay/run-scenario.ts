import { Blocked } from '../../model/user-error.ts'
import type { GuideScript } from '../scope.ts'
import type { StepRun } from '../seen.ts'
import { ScenarioEnded } from './outcome.ts'
import { openSession, type SessionOptions } from './session.ts'

/** What is done with a step when the scenario comes to it; `run` can be called again and again. */
export type OnStep = (step: number, run: () => Promise<StepRun>) => Promise<void>

/**
 * Runs Given and then some steps of a scenario on one testbed, in the order of the page. `onStep`
 * decides what happens at each step; it is not called where Given broke. Gives what came of Given.
 *
 * Throws `Blocked` where the compiled page has no such scenario.
 */
export const runScenario = async (
  options: SessionOptions,
  script: GuideScript,
  steps: ReadonlySet<number>,
  onStep: OnStep,
): Promise<StepRun> => {
  const { detail } = options
  const scenario = script.scenarios[detail.scenarioIndex]
  if (scenario === undefined)
    throw new Blocked({
      problem: `"${detail.scenario.heading}" is not in the compiled page`,
      place: detail.scenario.place,
      fix: 'run it again: the page has changed',
    })
  const session = openSession(options)
  let given: StepRun | undefined
  const measured = async (step: number, run: () => Promise<void>): Promise<StepRun> => {
    session.begin(step)
    try {
      await run()
    } catch (error) {
      return session.end(error)
    }
    return session.end()
  }
  // The page's function is both Given and what follows: its first step ends Given.
  session.begin(0)
  try {
    await scenario(
      {
        ...session.scope,
        step: async (step, run) => {
          given ??= session.end()
          await onStep(step, () => measured(step, run))
        },
      },
      steps,
    )
  } catch (error) {
    if (given === undefined) return session.end(error)
    if (!(error instanceof ScenarioEnded)) throw error
  }
  return given ?? session.end()
}
