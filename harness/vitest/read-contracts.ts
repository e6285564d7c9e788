import type { LoadedConfig } from '../config/load.ts'
import type { Contract } from '../contract/contract.ts'
import { contractBytes } from '../contract/read/contract-bytes.ts'
import { readContract } from '../contract/read/read.ts'
import { UserError } from '../model/user-error.ts'
import { integrationOfRead } from './integration-of.ts'
import { discover, type Discovered } from './roots.ts'
import { unusableFiles } from './set-up-problems.ts'

/** All contracts of a project, by the integration that each is of. */
export interface ReadContracts {
  readonly of: (integration: string) => readonly Contract[]
  /** Messages of contracts that cannot be used. */
  readonly problems: readonly string[]
}

/** Reads all contracts that the config names, and goes on after one that cannot be used. */
export const readContracts = async (
  { root, config }: LoadedConfig,
  known?: Discovered,
): Promise<ReadContracts> => {
  const contracts: (readonly [integration: string, contract: Contract])[] = []
  const discovered = known ?? (await discover(root, config))
  const { roots } = discovered
  const problems: string[] = [...unusableFiles(discovered)]
  for (const { file } of roots.filter(({ kind }) => kind === 'contract')) {
    try {
      const contract = readContract(file, await contractBytes(root, file))
      contracts.push([integrationOfRead(contract, config), contract])
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      problems.push(error.message)
    }
  }
  return {
    of: (integration) =>
      contracts.filter(([own]) => own === integration).map(([, contract]) => contract),
    problems,
  }
}
