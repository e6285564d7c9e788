import { join, relative, resolve, sep } from 'node:path'
import type { Plugin } from 'vitest/config'
import type { TestProject, Vitest } from 'vitest/node'
import { startOwner, type Owner } from '../testbed/owner/owner.ts'
import { configuredSecrets } from '../config/configured-secrets.ts'
import { maskOf } from '../model/mask.ts'
import { UserError } from '../model/user-error.ts'
import { holdKept } from './hold.ts'
import { endOnSignals } from './interrupt.ts'
import { guideWarnings } from './guide-warnings.ts'
import { isChosen, isWhole, selectionOf } from './chosen.ts'
import { generatedModule } from './generated-module.ts'
import { problemsOfMerge } from './merged-evidence.ts'
import { planParts, type Part } from './parts.ts'
import { prepare, type InternalOptions, type Prepared, type ProofbookOptions } from './prepare.ts'
import { proofbookReporter } from './reporter.ts'
import { findingsKeeper } from './keep-findings.ts'
import { keeper } from './keep-results.ts'
import { keepCoverage, specCoverages } from './spec-coverage.ts'
import type { Discovered, RootFile } from './roots.ts'
import { stepSummaryOf } from './step-summary.ts'
import { missingFiles, strayFiles, unusableFiles } from './set-up-problems.ts'
import { partProject, shardOf, shardsOf, testOptions, workersOf } from './test-options.ts'
import { unusedLines } from './unused-lines.ts'
import { openVisiting, type Visiting } from './visiting.ts'
import { withoutStack } from './without-stack.ts'

export type { ProofbookOptions } from './prepare.ts'

/** Vitest's own main process needs a restart of everything when the configuration changes. */
const restartOnChange = (vitest: Vitest, files: readonly string[]): void => {
  if (!vitest.config.watch) return
  vitest.vite.watcher.add([...files])
  vitest.vite.watcher.on('change', (file) => {
    if (files.includes(file)) void vitest.vite.restart()
  })
}

const absence = ({ roots }: Discovered): string | undefined =>
  roots.length === 0
    ? undefined
    : new UserError({
        problem: `none of ${roots.length} contracts, specs and guides is a test of this run`,
        expected:
          'proofbook() among the plugins of a project, or in a config without test.projects',
        fix: "add { plugins: [proofbook()], test: { name: 'proofbook', include: [] } } to test.projects",
      }).message

/**
 * The Vite plugin that makes contracts, specs and guides test files of Vitest.
 *
 * Throws a `UserError` for mistakes in `proofbook.config.ts`.
 *
 * @example
 * // vitest.config.ts
 * export default defineConfig({ plugins: [proofbook()] })
 */
export const proofbook = (options: ProofbookOptions = {}): Plugin[] => [
  roomForParts,
  internalPlugin(options),
]

/**
 * Projects that are declared before Vitest reads the options share one Vite server with it. How many
 * parts there are is known only after that, so an empty list holds their place.
 */
const roomForParts: Plugin = {
  name: 'proofbook:room-for-parts',
  enforce: 'pre',
  config: {
    order: 'pre',
    handler: (user) => {
      user.test ??= {}
      user.test.projects ??= []
    },
  },
}

/** What all projects of a run share. */
interface Shared {
  readonly owner: Owner | undefined
  readonly visiting: Visiting | undefined
}

/** What all projects of a run share: the owner of its testbeds, and the reporter. */
const openShared = async (
  vitest: Vitest,
  { loaded, discovered, run }: Prepared,
  options: InternalOptions,
): Promise<Shared> => {
  const { root, config } = loaded
  const merging = vitest.config.mergeReports
  // Nothing is tried where only results are merged.
  const owner =
    run.url === undefined && !merging
      ? await withoutStack(() =>
          startOwner({
            root,
            config,
            ...(config.testbeds?.atOnce === undefined ? {} : { atOnce: config.testbeds.atOnce }),
          }),
        )
      : undefined
  const signals = endOnSignals(vitest)
  const visiting = merging
    ? undefined
    : await openVisiting(vitest, root, run, maskOf(configuredSecrets(config, process.env)))
  vitest.onClose(async () => {
    signals.release()
    if (owner !== undefined) await holdKept(owner)
    await owner?.close()
    await visiting?.close()
  })
  restartOnChange(vitest, [loaded.file, ...loaded.dependencies])

  const paths = new Set(discovered.roots.map(({ file }) => join(root, file)))
  const whole = !vitest.config.watch && !discovered.only
  const reporter = proofbookReporter({
    isOurs: (path) => paths.has(path),
    seed: run.seed,
    notices: async (files) => {
      // What the last cases left behind is known when their testbeds are closed; whoever watches
      // wants them warm.
      if (!signals.received() && !vitest.config.watch) await owner?.lookBack()
      return [
        ...discovered.notices,
        ...discovered.ignored.map(
          (file) => `ignored   ${file}: neither a contract, a spec nor a bound guide`,
        ),
        ...(await guideWarnings(root, discovered.roots, files)),
        ...(owner?.notices ?? []),
        ...(isWhole(vitest, run) && [...paths].every((path) => files.has(path))
          ? await unusedLines(owner?.unusedMappings() ?? [], loaded, discovered)
          : []),
      ]
    },
    problems: [
      ...discovered.problems,
      ...(whole
        ? [
            ...missingFiles(loaded, discovered),
            ...strayFiles(loaded, discovered),
            ...unusableFiles(discovered),
          ]
        : []),
    ],
    ...(visiting === undefined ? {} : { leaveVisit: () => visiting.leave(signals.received()) }),
    specCoverages: (cases) => specCoverages(root, cases),
    ...(vitest.config.watch
      ? {}
      : {
          keepResults: keeper(root, shardOf(vitest), run.url),
          keepFindings: findingsKeeper(root, run.seed, shardOf(vitest)),
          keepCoverage: keepCoverage(root, shardOf(vitest)),
        }),
    shard: shardOf(vitest),
    ...(merging
      ? { problemsOfMerge: (cases) => problemsOfMerge(root, resolve(merging), cases) }
      : {}),
    problemOfAbsence: () => (isChosen(vitest) ? undefined : absence(discovered)),
    interrupted: () => signals.received(),
    selection: () => selectionOf(vitest),
    write: (text) => process.stdout.write(text),
    ...stepSummaryOf(process.env),
    ...(options.onEnd === undefined ? {} : { onEnd: options.onEnd }),
  })
  // An instance, so that it stays whatever --reporter says: it alone sets the exit status.
  vitest.config.reporters.push(reporter)
  return { owner, visiting }
}

interface OfProject extends Shared {
  readonly part: Part | undefined
  readonly shard: string | undefined
}

const partOf = (project: TestProject): Part | undefined => project.config.provide.proofbookPart

const provide = (
  project: TestProject,
  { loaded, discovered, run, known }: Prepared,
  { owner, visiting, part, shard }: OfProject,
): void =>
  project.provide('proofbook', {
    root: loaded.root,
    config: loaded.config,
    configFile: relative(loaded.root, loaded.file),
    options: run,
    pending: discovered.pending,
    known,
    ...(owner === undefined ? {} : { owner: owner.address }),
    ...(visiting === undefined ? {} : { visit: visiting.address }),
    ...(part === undefined ? {} : { part }),
    ...(shard === undefined ? {} : { shard }),
  })

/** The plugin with everything that the command line may set. */
export const internalPlugin = (options: InternalOptions): Plugin => {
  let prepared: Prepared | undefined
  let shared: Promise<Shared> | undefined
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
        shared = undefined
        const { test: own = {} } = user
        // From the command line, as the shard is below.
        const { mergeReports } = own as { readonly mergeReports?: unknown }
        prepared = await prepare(options, user.root ?? process.cwd(), Boolean(mergeReports))
        const { loaded, discovered } = prepared
        const test = testOptions(own, {
          loaded,
          discovered,
          roots: discovered.only ? discovered.roots : undefined,
          alone: options.run !== undefined,
        })
        const whole = own.reporters === undefined ? { ...test, reporters: ['verbose'] } : test
        const room = own.projects
        if (room === undefined || room.length > 0) return { test: whole }
        delete own.projects
        const parts = await planParts({
          root: loaded.root,
          roots: discovered.roots,
          parts: loaded.config.parts,
          workers: workersOf(own),
          // From the command line, which Vitest has put in here, though no config may say it.
          shards: shardsOf((own as { readonly shard?: string }).shard),
          others: own.include ?? [],
        })
        if (parts.length === 0) return { test: whole }
        return { test: { ...whole, projects: parts.map((part) => partProject(part, test, own)) } }
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
      // One owner and one reporter for all parts of a run.
      shared ??= openShared(vitest, prepared, options)
      provide(project, prepared, {
        ...(await shared),
        part: partOf(project),
        shard: shardOf(vitest),
      })
    },
  }
}
