import type { Contract } from '../contract/contract.ts'
import { crossCheckCase, judgeCrossCheck } from '../cross-check/case.ts'
import { compare } from '../cross-check/compare.ts'
import { UserError } from '../model/user-error.ts'
import { readSpec } from '../spec/read/read-spec.ts'
import type { Spec } from '../spec/types.ts'
import { closed, type Planned } from './register.ts'
import type { Run } from './run.ts'

/** The spec of an integration, or why it cannot be used; `undefined` where none is named. */
const specOf = async (
  integration: string,
  { provided }: Run,
): Promise<Spec | UserError | undefined> => {
  const file = provided.config.integrations[integration]?.spec
  if (file === undefined) return undefined
  try {
    return await readSpec({ root: provided.root, file })
  } catch (error) {
    if (error instanceof UserError) return error
    throw error
  }
}

/** What a contract's integration has as its spec, and the case that holds the contract to it. */
export interface CrossChecked {
  readonly spec?: Spec
  readonly planned: readonly Planned<unknown, unknown>[]
}

/**
 * Compares a contract with its integration's spec while its tests are collected, before anything of
 * it is started. No case where there is no spec, or nothing but messages to compare.
 */
export const crossChecked = async (
  contract: Contract,
  integration: string,
  run: Run,
): Promise<CrossChecked> => {
  const spec = await specOf(integration, run)
  if (spec === undefined) return { planned: [] }
  if (contract.interactions.every(({ kind }) => kind !== 'http')) {
    return { planned: [], ...(spec instanceof UserError ? {} : { spec }) }
  }
  const file = run.provided.config.integrations[integration]?.spec ?? ''
  const nothing = { disagreements: [], unchecked: [], compared: 0 }
  const comparison = spec instanceof UserError ? nothing : await compare(contract, spec)
  const testCase = crossCheckCase(contract, integration, file, comparison)
  const proof = { replay: () => Promise.resolve(), judge: judgeCrossCheck }
  if (!(spec instanceof UserError)) return { spec, planned: [closed(testCase, proof)] }
  const ruling = {
    verdict: 'blocked',
    reason: `${file} cannot be used, so nothing was compared.`,
    fix: `mend it: npx proofbook verify ${file} lists what is wrong`,
  } as const
  return { planned: [closed({ ...testCase, ruling }, proof)] }
}
