import { startVitest } from 'vitest/node'
import type { LoadedConfig } from '../config/load.ts'
import type { RunEnd } from '../vitest/reporter.ts'
import { internalPlugin } from '../vitest/plugin.ts'
import type { InternalOptions } from '../vitest/prepare.ts'

/** What a run of Vitest without a Vitest config is given. */
export interface VitestRun {
  readonly loaded: LoadedConfig
  readonly files: readonly string[]
  readonly plugin: Omit<InternalOptions, 'loaded' | 'onEnd'>
  readonly testNamePattern?: string
}

/** What a run came to. */
export interface VitestResult extends RunEnd {
  readonly seconds: number
}

/**
 * Runs cases as Vitest tests in a folder that needs no Vitest config, and waits for their end.
 */
export const runVitest = async (run: VitestRun): Promise<VitestResult> => {
  const start = performance.now()
  let ended: RunEnd | undefined
  const plugin = internalPlugin({
    ...run.plugin,
    loaded: run.loaded,
    onEnd: (end) => {
      ended = end
    },
  })
  await startVitest(
    'test',
    [...run.files],
    {
      config: false,
      root: run.loaded.root,
      watch: false,
      ...(run.testNamePattern === undefined ? {} : { testNamePattern: run.testNamePattern }),
    },
    // Room for the parts of large files, which the plugin takes away where there are none.
    { plugins: [plugin], logLevel: 'error', test: { projects: [] } },
  )
  const seconds = Math.round(performance.now() - start) / 1000
  const status = ended?.status ?? (typeof process.exitCode === 'number' ? process.exitCode : 1)
  process.exitCode = status
  return { cases: [], coverage: [], ...ended, status, seconds }
}
