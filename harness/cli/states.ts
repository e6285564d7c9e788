import { loadConfig } from '../config/load.ts'
import { handledIn } from '../vitest/handled-in.ts'
import { readContracts } from '../vitest/read-contracts.ts'
import { statesText } from './states-text.ts'

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
