import type { LoadedConfig } from '../config/load.ts'
import { unaskedLines } from '../contract/unasked.ts'
import { UserError } from '../model/user-error.ts'
import { handledIn } from './handled-in.ts'
import { readContracts } from './read-contracts.ts'
import type { Discovered } from './roots.ts'

const unusedMappings = (files: readonly string[]): readonly string[] =>
  files.length === 0
    ? []
    : [
        `unused    ${files.length === 1 ? 'a mapping' : `${files.length} mappings`} no case needed: ${files.join(', ')}`,
      ]

const unusedHandlers = async (
  loaded: LoadedConfig,
  discovered: Discovered,
): Promise<readonly string[]> => {
  const providers = Object.values(loaded.config.integrations).map(({ provider }) => provider)
  const named = providers.flatMap(({ states, messages }) => [states, messages])
  // Without a module nothing could be left over, and contracts may be large.
  if (!named.some((one) => one !== undefined && 'module' in one)) return []
  try {
    const all = await handledIn(loaded, await readContracts(loaded, discovered))
    return all.flatMap(unaskedLines).map((line) => `unused    ${line}`)
  } catch (error) {
    // What cannot be loaded is red where it is needed.
    if (error instanceof UserError) return []
    throw error
  }
}

/**
 * What is said after a whole run of what it did not need: mappings of stubs, and handlers of states
 * and messages that no contract asks for.
 */
export const unusedLines = async (
  mappings: readonly string[],
  loaded: LoadedConfig,
  discovered: Discovered,
): Promise<readonly string[]> => [
  ...unusedMappings(mappings),
  ...(await unusedHandlers(loaded, discovered)),
]
