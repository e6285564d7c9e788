import { availableParallelism } from 'node:os'
import { join, relative, sep } from 'node:path'
import { configDefaults, type Plugin } from 'vitest/config'
import type { Vitest } from 'vitest/node'
import { loadConfig, type LoadedConfig } from '../config/load.ts'
import { startOwner, type Owner } from '../testbed/owner/owner.ts'
import { endOnSignals } from './interrupt.ts'
import { generatedModule } from './generated-module.ts'
import type { CaseMeta } from './meta.ts'
import type { RunOptions } from './provided.ts'
import { proofbookReporter } from './reporter.ts'
import { discover, type Discovered, globsOf, type RootFile } from './roots.ts'
import { runOptionsFrom } from './run-options.ts'
import { missingFiles } from './set-up-problems.ts'
import { withoutStack } from './without-stack.ts'

/** What `proofbook()` may be given in a Vitest config. */
export interface ProofbookOptions {
  /** The folder of `proofbook.config.ts`; default: Vite's root. */
  readonly root?: string
}

/** What the command line adds to what a Vitest config can say. */
export interface InternalOptions extends ProofbookOptions {
  /** A configuration that was made instead of read: `verify FILE --url URL`. */
  readonly loaded?: LoadedConfig
  readonly roots?: readonly RootFile[]
  readonly run?: RunOptions
  readonly onEnd?: (cases: readonly CaseMeta[], status: number) => void
  readonly onKept?: (owner: Owner) => Promise<void>
}

interface Prepared {
  readonly loaded: LoadedConfig
  readonly discovered: Discovered
  readonly run: RunOptions
}

const prepare = async (options: InternalOptions, viteRoot: string): Promise<Prepared> => {
  const loaded = options.loaded ?? (await loadConfig(options.root ?? viteRoot))
  const discovered =
    options.roots === undefined
      ? await discover(loaded.root, loaded.config)
      : { roots: options.roots, ignored: [] }
  return { loaded, discovered, run: options.run ?? runOptionsFrom(process.env) }
}

/** Absolute paths of the modules with state handlers. */
const stateModules = ({ root, config }: LoadedConfig): readonly string[] =>
  Object.values(config.integrations).flatMap(({ provider: { states } }) =>
    states !== undefined && 'module' in states ? [join(root, states.module)] : [],
  )

const selectionOf = (vitest: Vitest): string | undefined => {
  const pattern = vitest.config.testNamePattern
  return pattern === undefined ? undefined : `-t ${JSON.stringify(pattern.source)}`
}

/** Vitest's own main process needs a restart of everything when the configuration changes. */
const restartOnChange = (vitest: Vitest, files: readonly string[]): void => {
  if (!vitest.config.watch) return
  vitest.vite.watcher.add([...files])
  vitest.vite.watcher.on('change', (file) => {
    if (files.includes(file)) void vitest.vite.restart()
  })
}

/**
 * The Vite plugin that makes contracts, specs and guides test files of Vitest.
 *
 * Throws a `UserError` for mistakes in `proofbook.config.ts`.
 *
 * @example
 * // vitest.config.ts
 * export default defineConfig({ plugins: [proofbook()] })
 */
export const proofbook = (options: ProofbookOptions = {}): Plugin => internalPlugin(options)

/** The plugin with everything that the command line may set. */
export const internalPlugin = (options: InternalOptions): Plugin => {
  let prepared: Prepared | undefined
  const rootFileOf = (id: string): RootFile | undefined => {
    if (prepared === undefined) return undefined
    const { loaded, discovered } = prepared
    const file = relative(loaded.root, id).split(sep).join('/')
    return discovered.roots.find((one) => one.file === file)
  }

  return {
    name: 'proofbook',
    enforce: 'pre',

    config: (user) =>
      withoutStack(async () => {
        prepared = await prepare(options, user.root ?? process.cwd())
        const { loaded, discovered } = prepared
        const files =
          options.roots?.map(({ file }) => file) ??
          (['contract', 'spec', 'guide'] as const).flatMap((kind) => globsOf(kind, loaded.config))
        const workers = Math.max(2, availableParallelism())
        return {
          test: {
            include: [...new Set(files)],
            exclude: ['**/node_modules/**', ...discovered.ignored],
            pool: 'forks',
            isolate: false,
            maxWorkers: workers,
            maxConcurrency: Math.max(
              1,
              Math.ceil((loaded.config.testbeds?.atOnce ?? workers * 2) / workers),
            ),
            // Each case has a bound of its own, which says what it waited for.
            testTimeout: 0,
            // A cache by the content of one file: with another file embedded, old tests ran green.
            fsModuleCache: false,
            passWithNoTests: true,
            // Vite follows no import of a .json module, so it does not know that contracts need these.
            forceRerunTriggers: [
              ...(user.test?.forceRerunTriggers ?? configDefaults.forceRerunTriggers),
              ...stateModules(loaded),
            ],
            reporters: user.test?.reporters ?? ['verbose'],
          },
        }
      }),

    load: (id) =>
      withoutStack(async () => {
        const [path = id] = id.split('?')
        const root = rootFileOf(path)
        if (root === undefined || prepared === undefined) return undefined
        return generatedModule(root, prepared.loaded)
      }),

    // Vitest awaits this hook, though its type does not say so.
    // oxlint-disable-next-line typescript/no-misused-promises
    configureVitest: async ({ vitest, project }) => {
      if (prepared === undefined) return
      const { loaded, discovered, run } = prepared
      const owner =
        run.url === undefined
          ? await withoutStack(() =>
              startOwner({
                root: loaded.root,
                config: loaded.config,
                ...(loaded.config.testbeds?.atOnce === undefined
                  ? {}
                  : { atOnce: loaded.config.testbeds.atOnce }),
              }),
            )
          : undefined
      project.provide('proofbook', {
        root: loaded.root,
        config: loaded.config,
        configFile: relative(loaded.root, loaded.file),
        options: run,
        ...(owner === undefined ? {} : { owner: owner.address }),
      })
      vitest.onClose(async () => {
        if (owner !== undefined) await options.onKept?.(owner)
        await owner?.close()
      })
      endOnSignals(vitest)
      restartOnChange(vitest, [loaded.file, ...loaded.dependencies])

      const paths = new Set(discovered.roots.map(({ file }) => join(loaded.root, file)))
      const whole = !vitest.config.watch && options.roots === undefined
      const reporter = proofbookReporter({
        isOurs: (path) => paths.has(path),
        seed: run.seed,
        notices: () => [
          ...discovered.ignored.map(
            (file) => `ignored   ${file}: neither a contract, a spec nor a bound guide`,
          ),
          ...(owner?.notices ?? []),
        ],
        problems: whole ? missingFiles(loaded, discovered) : [],
        selection: () => selectionOf(vitest),
        write: (text) => process.stdout.write(text),
        ...(options.onEnd === undefined ? {} : { onEnd: options.onEnd }),
      })
      // An instance, so that it stays whatever --reporter says: it alone sets the exit status.
      vitest.config.reporters.push(reporter)
    },
  }
}
