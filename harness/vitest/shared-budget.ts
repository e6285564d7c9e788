import type { RunOptions } from './provided.ts'
import type { Discovered } from './roots.ts'

/** The same with a budget of requests shared among the documents that were found. */
export const sharedBudget = (run: RunOptions, { roots }: Discovered): RunOptions => {
  if (run.budget === undefined || !('requests' in run.budget)) return run
  const found = roots.filter(({ kind }) => kind === 'spec').length
  return { ...run, budget: { ...run.budget, specs: Math.max(1, run.budget.specs ?? found) } }
}
