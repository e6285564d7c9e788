import { Blocked } from '../../model/user-error.ts'
import type { GuideScript } from '../scope.ts'
import type { StepRun } from '../seen.ts'
import { ScenarioEnded } from './outcome.ts'
import { openSession, type PartUnderWay, type SessionOptions } from './session.ts'

/** Runs the fences under a label of a drill, on the same testbed and with what was kept so far. */
export type RunPart = (line: number, part: PartUnderWay) => Promise<StepRun>

/** What is done with a step when the scenario comes to it; `run` can be called again and again. */
export type OnStep = (step: number, run: () => Promise<StepRun>, runPart: RunPart) => Promise<void>

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
  const measured = async (run: () => Promise<void>): Promise<StepRun> => {
    try {
      await run()
    } catch (error) {
      return session.end(error)
    }
    return session.end()
  }
  const runPart: RunPart = async (line, part) => {
    const run = session.part(line)
    if (run === undefined)
      throw new Blocked({
        problem: `the fences at line ${line} are not in the compiled page`,
        fix: 'run it again: the page has changed',
      })
    session.beginPart(part)
    return measured(run)
  }
  // The page's function is both Given and what follows: its first step ends Given.
  session.begin(0)
  try {
    await scenario(
      {
        ...session.scope,
        step: async (step, run) => {
          given ??= session.end()
          const repeat = (): Promise<StepRun> => {
            session.begin(step)
            return measured(run)
          }
          await onStep(step, repeat, runPart)
        },
      },
      steps,
    )
  } catch (error) {
    if (given === undefined) return session.end(error)
    if (!(error instanceof ScenarioEnded)) throw error
  } finally {
    await session.close()
  }
  return given ?? session.end()
}
