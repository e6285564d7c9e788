import { startVitest } from 'vitest/node'
import { contractsFolderVariable } from '../contract/consumers/contracts-folder.ts'

/** How a run of consumer tests ended. */
export interface ConsumerRun {
  /** How many test files there are. */
  readonly files: number
  readonly passed: boolean
  /** What went wrong, a line for each test that failed. */
  readonly failures: readonly string[]
}

/**
 * Runs the consumer tests, and has them write to a folder. One file after the other: two tests of
 * one consumer write into the same contract. `quiet`: nothing is printed.
 */
export const runConsumers = async (
  root: string,
  include: readonly string[],
  folder: string,
  { quiet, config }: { readonly quiet: boolean; readonly config: string | undefined },
): Promise<ConsumerRun> => {
  const before = process.exitCode
  const vitest = await startVitest('test', [], {
    config: config ?? false,
    root,
    include: [...include],
    watch: false,
    fileParallelism: false,
    passWithNoTests: true,
    env: { [contractsFolderVariable]: folder },
    ...(quiet ? { reporters: [{}], silent: true } : {}),
  })
  const modules = vitest.state.getTestModules()
  const failures = modules
    .flatMap((module) => [...module.children.allTests('failed')])
    .map((one) => `${one.fullName}: ${one.result().errors?.[0]?.message ?? 'failed'}`)
  const passed =
    modules.every((module) => module.ok()) && vitest.state.getUnhandledErrors().length === 0
  await vitest.close()
  process.exitCode = before
  return { files: modules.length, passed, failures }
}
