import type { Unmet } from '../seen.ts'

/** Ends Given or a step at the first expectation that did not hold. */
export class StepStopped extends Error {
  override readonly name = 'StepStopped'
  readonly unmet: readonly Unmet[]

  constructor(unmet: readonly Unmet[]) {
    super('an expectation of the guide did not hold')
    this.unmet = unmet
  }
}

/** Ends a scenario early, when nothing below can tell more. */
export class ScenarioEnded extends Error {
  override readonly name = 'ScenarioEnded'
}
