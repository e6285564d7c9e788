import type { ChildProcess } from 'node:child_process'

/** How a process is started in custody. */
export interface SpawnOptions {
  readonly cwd?: string
  /** The whole environment of the process: nothing is inherited that is not named here. */
  readonly environment: Readonly<Record<string, string>>
  /** User and group to run as; absent: our own. */
  readonly uid?: number
  readonly gid?: number
  /** The signal that ends it in order, for us and for the reaper; default SIGTERM. */
  readonly stopSignal?: NodeJS.Signals
}

/** How a process ended. */
export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** A process in a group of its own, which ends when its owner ends, however that ends. */
export interface OwnedProcess {
  readonly pid: number
  readonly child: ChildProcess
  /** Resolves when it has ended, never rejects. */
  readonly exited: Promise<Exit>
  /**
   * The last lines of standard output and standard error (bounded), oldest first; from the given
   * line on, counted from the first that it ever printed.
   */
  log(from?: number): readonly string[]
  /** How many lines it has printed so far. */
  lineCount(): number
  /** Calls back for each new line until the process ends. */
  onLine(listener: (line: string) => void): void
  /** Ends the whole group: `stopSignal`, and SIGKILL after the grace time. Resolves when it is gone. */
  stop(graceMilliseconds?: number): Promise<void>
}

/**
 * Keeps what must not outlive a run. Everything that a testbed is made of is started through it, so
 * that the reaper can end it when the owner cannot.
 *
 * @example
 * const server = await custody.spawn('postgres', ['-D', folder], { environment: {} })
 */
export interface Custody {
  /** The run's own folder, on tmpfs where there is one; it is removed when the run ends. */
  readonly folder: string
  /** Throws `Blocked` where the program cannot be started at all (ENOENT, EACCES). */
  spawn(command: string, args: readonly string[], options: SpawnOptions): Promise<OwnedProcess>
}
