import { randomInt } from 'node:crypto'
import { UserError } from '../model/user-error.ts'
import { budgetOf } from './budget.ts'
import type { RunOptions } from './provided.ts'

type Environment = Readonly<Record<string, string | undefined>>

const seedMax = 2 ** 31 - 1

const seedOf = (text: string | undefined): number => {
  if (text === undefined || text === '') return randomInt(seedMax)
  const seed = Number(text)
  if (Number.isInteger(seed) && seed >= 0 && seed <= seedMax) return seed
  throw new UserError({
    problem: `the seed "${text}" is no seed`,
    expected: `a whole number from 0 to ${seedMax}`,
    fix: 'copy it from the run that you want to repeat: PROOFBOOK_SEED=1234',
  })
}

/**
 * How a run was asked for, from the environment of plain `vitest`: PROOFBOOK_SEED, PROOFBOOK_CASE
 * (ids, separated by commas), PROOFBOOK_KEEP, PROOFBOOK_BUDGET and
 * PROOFBOOK_BASELINE.
 *
 * Throws a `UserError` for a seed or a budget that is none.
 */
export const runOptionsFrom = (environment: Environment): RunOptions => {
  const cases = (environment['PROOFBOOK_CASE'] ?? '').split(',').filter((id) => id !== '')
  const baseline = environment['PROOFBOOK_BASELINE']
  const budget = budgetOf(environment['PROOFBOOK_BUDGET'])
  return {
    seed: seedOf(environment['PROOFBOOK_SEED']),
    ...(cases.length === 0 ? {} : { cases }),
    ...(budget === undefined ? {} : { budget }),
    ...(baseline === undefined || baseline === '' ? {} : { baseline }),
    keep: ![undefined, '', '0'].includes(environment['PROOFBOOK_KEEP']),
    repeat: 'npx proofbook verify',
    allowWrites: false,
    include: [],
    exclude: [],
    examples: {},
  }
}
