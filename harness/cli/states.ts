import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { loadConfig, type LoadedConfig } from '../config/load.ts'
import type { Contract } from '../contract/contract.ts'
import { handled, type Handled } from '../contract/handled.ts'
import { messageProducersOf } from '../contract/messages.ts'
import { readContract } from '../contract/read/read.ts'
import { stateHandlersOf } from '../contract/states.ts'
import { UserError } from '../model/user-error.ts'
import { integrationOfRead } from '../vitest/integration-of.ts'
import { discover } from '../vitest/roots.ts'
import { loadHandling } from './load-handling.ts'
import { statesText } from './states-text.ts'

interface ReadContracts {
  readonly contracts: readonly (readonly [integration: string, contract: Contract])[]
  /** Messages of contracts that cannot be used. */
  readonly problems: readonly string[]
}

const readContracts = async ({ root, config }: LoadedConfig): Promise<ReadContracts> => {
  const contracts: (readonly [string, Contract])[] = []
  const problems: string[] = []
  const { roots } = await discover(root, config)
  for (const { file } of roots.filter(({ kind }) => kind === 'contract')) {
    try {
      const contract = readContract(file, await readFile(join(root, file)))
      contracts.push([integrationOfRead(contract, config), contract])
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      problems.push(error.message)
    }
  }
  return { contracts, problems }
}

const handledIn = async (
  { root, config }: LoadedConfig,
  { contracts }: ReadContracts,
): Promise<readonly Handled[]> => {
  const all = Object.entries(config.integrations).map(async ([integration, { provider }]) =>
    handled({
      integration,
      contracts: contracts.filter(([own]) => own === integration).map(([, contract]) => contract),
      states: await loadHandling(root, provider.states, stateHandlersOf),
      messages: await loadHandling(root, provider.messages, messageProducersOf),
    }),
  )
  return (await Promise.all(all)).flat()
}

/**
 * `proofbook states`: all provider states and messages, who asks for them, and who handles them.
 * Exits with 1 where nobody handles what a contract asks for, or where a contract cannot be read.
 */
export const states = async (options: { readonly json?: boolean }): Promise<void> => {
  const loaded = await loadConfig(process.cwd())
  const read = await readContracts(loaded)
  const all = await handledIn(loaded, read)
  const { problems } = read
  process.stdout.write(
    options.json === true
      ? `${JSON.stringify({ schemaVersion: 1, states: all, problems }, null, 2)}\n`
      : statesText(all, problems),
  )
  const unhandled = all.some(({ handledBy }) => handledBy === undefined)
  if (unhandled || problems.length > 0) process.exitCode = 1
}
