import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { configDefaults, type TestProjectInlineConfiguration } from 'vitest/config'
import type { InlineConfig, Vitest } from 'vitest/node'
import type { LoadedConfig } from '../config/load.ts'
import type { Part } from './parts.ts'
import { globsOf, type Discovered, type RootFile } from './roots.ts'

/** What the files of a run are. */
export interface Files {
  readonly loaded: LoadedConfig
  readonly discovered: Discovered
  /** The files that were named instead of found. */
  readonly roots: readonly RootFile[] | undefined
  /** No tests but ours: the command line runs without a Vitest config of the user's. */
  readonly alone: boolean
}

/** How many workers a run has: what the user says, else one for each core, and at least two. */
export const workersOf = ({ maxWorkers }: InlineConfig): number =>
  typeof maxWorkers === 'number' ? maxWorkers : Math.max(2, availableParallelism())

/** How many shards there are, as the command line says it (`3/4`) or Vitest has read it. */
export const shardsOf = (shard: string | undefined): number | undefined => {
  const count = Number(shard?.split('/')[1])
  return Number.isInteger(count) && count > 0 ? count : undefined
}

/** Absolute paths of the modules that contracts and specs need. */
const neededModules = ({ root, config }: LoadedConfig): readonly string[] =>
  Object.values(config.integrations).flatMap(({ provider: { states, messages, beforeRequest } }) =>
    [states, messages, beforeRequest].flatMap((named) =>
      named !== undefined && 'module' in named ? [join(root, named.module)] : [],
    ),
  )

/** The part of Vitest's options that Proofbook sets. */
export type TestOptions = Pick<
  InlineConfig,
  'pool' | 'isolate' | 'maxWorkers' | 'maxConcurrency' | 'passWithNoTests'
> & {
  readonly include: string[]
  readonly exclude: string[]
  readonly fsModuleCache: boolean
  readonly forceRerunTriggers: string[]
}

/** The options with which Vitest takes contracts, specs and guides for test files. */
export const testOptions = (
  user: InlineConfig,
  { loaded, discovered, roots, alone }: Files,
): TestOptions => {
  const files =
    roots?.map(({ file }) => file) ??
    (['contract', 'spec', 'guide'] as const).flatMap((kind) => globsOf(kind, loaded.config))
  const workers = workersOf(user)
  return {
    // Vite joins lists, and a list of ours would take the place of Vitest's default: the user's own
    // tests would silently stop.
    include: [
      ...(alone || user.include !== undefined ? [] : configDefaults.include),
      ...new Set(files),
    ],
    exclude: [
      '**/node_modules/**',
      ...discovered.ignored,
      ...discovered.unusable.map(({ file }) => file),
    ],
    pool: 'forks' as const,
    isolate: false,
    maxWorkers: workers,
    maxConcurrency: Math.max(
      1,
      Math.ceil((loaded.config.testbeds?.atOnce ?? workers * 2) / workers),
    ),
    // A cache by the content of one file: with another file embedded, old tests ran green.
    fsModuleCache: false,
    passWithNoTests: true,
    // Vite follows no import of a .json module, so it does not know that contracts and specs need these.
    forceRerunTriggers: [
      ...(user.forceRerunTriggers ?? configDefaults.forceRerunTriggers),
      ...neededModules(loaded),
      loaded.file,
      ...loaded.dependencies,
    ],
  }
}

/**
 * A Vitest project that runs one part: the first has every file, the others only those that are
 * split, and none of the user's own tests.
 */
export const partProject = (
  part: Part,
  options: TestOptions,
  user: InlineConfig = {},
): TestProjectInlineConfiguration => ({
  extends: true,
  test: {
    ...options,
    ...(part.index === 1
      ? {}
      : {
          include: [...part.files],
          exclude: [...options.exclude, ...(user.include ?? [])],
        }),
    name: `${part.index}/${part.of}`,
    provide: { proofbookPart: part },
  },
})

/** `3/4`, where the run is one of several shards. */
export const shardOf = (vitest: Vitest): string | undefined => {
  const { shard } = vitest.config
  return shard === undefined ? undefined : `${shard.index}/${shard.count}`
}
