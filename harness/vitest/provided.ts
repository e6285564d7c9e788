import type { KnownFinding } from '../model/known.ts'
import type { ValidConfig } from '../config/schema.ts'
import type { Rate } from '../testbed/visit/turnstile.ts'
import type { VisitAddress } from '../testbed/visit/visit.ts'
import type { Budget } from './budget.ts'
import type { Part } from './parts.ts'

/** How a run was asked for: what the command line or the environment says. */
export interface RunOptions {
  readonly seed: number
  /** Ids of the cases to run; absent: all. */
  readonly cases?: readonly string[]
  readonly keep: boolean
  /** What the cases of specs may cost; absent: no bound. */
  readonly budget?: Budget
  /** A file of known findings, in the place of the config's. */
  readonly baseline?: string
  /** Replay against this address instead of testbeds. */
  readonly url?: string
  /** How fast it may be asked; absent: no bound. */
  readonly rate?: Rate
  /** Sets up provider states in Pact's own protocol, against a URL. */
  readonly statesUrl?: string
  readonly allowWrites: boolean
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  /** The command that `--case` and `--seed` are added to in order to repeat a case. */
  readonly repeat: string
  /** Values for parameters that nobody else gives, by name. */
  readonly examples: Readonly<Record<string, string>>
}

/** What the main process tells its workers: plain data. */
export interface Provided {
  readonly root: string
  readonly config: ValidConfig
  readonly configFile: string
  readonly options: RunOptions
  /** Findings that are accepted for a time. */
  readonly known: readonly KnownFinding[]
  /** Contracts that may fail without making the run red, relative to the root. */
  readonly pending: readonly string[]
  /** Where the owner listens; absent where there is none, against a URL. */
  readonly owner?: { readonly path: string; readonly token: string }
  /** The way to a provider that is not ours. */
  readonly visit?: VisitAddress
  /** Which cases of large files this project has; absent where no file is split. */
  readonly part?: Part
  /** `3/4`, where the run is one of several shards. */
  readonly shard?: string
}

declare module 'vitest' {
  interface ProvidedContext {
    proofbook: Provided
    /** Which part a project is, said when it is declared; `proofbook` holds it too. */
    proofbookPart: Part
  }
}
