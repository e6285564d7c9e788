import { loadConfig, type LoadedConfig } from '../config/load.ts'
import type { KnownFinding } from '../model/known.ts'
import { readBaseline } from '../record/baseline.ts'
import { collect, nothingBut, type Collected } from './collect.ts'
import type { RunOptions } from './provided.ts'
import type { RunEnd } from './reporter.ts'
import type { RootFile } from './roots.ts'
import { runOptionsFrom } from './run-options.ts'
import { sharedBudget } from './shared-budget.ts'

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
  /** What was found already, by whoever had to look at it before. */
  readonly discovered?: Collected
  readonly run?: RunOptions
  readonly onEnd?: (end: RunEnd) => void
}

/** All that a run is made of before Vitest collects. */
export interface Prepared {
  readonly loaded: LoadedConfig
  readonly discovered: Collected
  readonly run: RunOptions
  readonly known: readonly KnownFinding[]
}

/**
 * Reads the configuration, what it names, and what is accepted already. Throws the `UserError` of each.
 */
export const prepare = async (
  options: InternalOptions,
  viteRoot: string,
  merging: boolean,
): Promise<Prepared> => {
  const loaded = options.loaded ?? (await loadConfig(options.root ?? viteRoot))
  const discovered =
    options.roots === undefined
      ? (options.discovered ?? (await collect(loaded, process.env, { merging })))
      : nothingBut(options.roots)
  const run = options.run ?? runOptionsFrom(process.env)
  const baseline = run.baseline ?? loaded.config.baseline
  const known = baseline === undefined || merging ? [] : await readBaseline(loaded.root, baseline)
  return { loaded, discovered, run: sharedBudget(run, discovered), known }
}
