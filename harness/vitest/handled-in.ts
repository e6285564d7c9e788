import type { LoadedConfig } from '../config/load.ts'
import { handled, type Handled } from '../contract/handled.ts'
import { messageProducersOf } from '../contract/messages.ts'
import { stateHandlersOf } from '../contract/states.ts'
import { loadHandling } from './load-handling.ts'
import type { ReadContracts } from './read-contracts.ts'

/**
 * All provider states and messages of a project, who asks for them and who handles them.
 *
 * Throws a `UserError` where a module of handlers cannot be loaded.
 */
export const handledIn = async (
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
