import { stepsBefore } from '../steps-before.ts'
import type { GuideScript } from '../scope.ts'
import type { StepRun, StepSeen } from '../seen.ts'
import type { GuideStep } from '../types.ts'
import { ScenarioEnded } from './outcome.ts'
import { runScenario } from './run-scenario.ts'
import type { SessionOptions } from './session.ts'

/**
 * Runs Given, the steps before a step, and the step itself on one testbed, up to the first that
 * breaks.
 */
export const replayStep = async (
  options: SessionOptions,
  script: GuideScript,
  step: GuideStep,
): Promise<StepSeen> => {
  const steps = [...stepsBefore(options.detail.scenario, step), step]
  const runs: StepRun[] = []
  const given = await runScenario(
    options,
    script,
    new Set(steps.map(({ number }) => number)),
    async (_, run) => {
      const seen = await run()
      runs.push(seen)
      if (seen.unmet.length > 0) throw new ScenarioEnded()
    },
  )
  return { kind: 'step', runs: [given, ...runs] }
}
