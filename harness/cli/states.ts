import { loadConfig, type LoadedConfig } from '../config/load.ts'
import { handled, type Handled } from '../contract/handled.ts'
import { messageProducersOf } from '../contract/messages.ts'
import { stateHandlersOf } from '../contract/states.ts'
import { loadHandling } from './load-handling.ts'
import { readContracts, type ReadContracts } from './read-contracts.ts'
import { statesText } from './states-text.ts'

const handledIn = async (
  { root, config }: LoadedConfig,
  contracts: ReadContracts,
): Promise<readonly Handled[]> => {
  const all = Object.entries(config.integrations).map(async ([integration, { provider }]) =>
    handled({
      integration,
      contracts: contracts.of(integration),
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
