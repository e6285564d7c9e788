import type { GuideStep, Scenario } from './types.ts'

/**
 * The steps that run before a step, on its own testbed: the numbered ones before a numbered one, all
 * numbered ones before Rollback, none before a bulleted one.
 *
 * @example
 * stepsBefore(scenario, step).map(({ number }) => number) // [1, 2] for step 3
 */
export const stepsBefore = (scenario: Scenario, step: GuideStep): readonly GuideStep[] =>
  step.kind === 'bulleted'
    ? []
    : scenario.steps.filter(({ kind, number }) => kind === 'numbered' && number < step.number)
