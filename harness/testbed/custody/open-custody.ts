import { appendFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Blocked } from '../../model/user-error.ts'
import type { Custody, OwnedProcess } from '../custody.ts'
import type { EngineAddress } from '../engine/address.ts'
import { removeContainersOf } from '../engine/remove-containers.ts'
import { startReaper } from '../reaper/start-reaper.ts'
import { formatMachine, thisMachine } from './machine.ts'
import { processRow } from './process-table.ts'
import { formatLine, registryFile, type RegistryLine } from './registry.ts'
import { makeRunFolder, newRunId, runsFolders } from './run-folder.ts'
import { spawnOwned } from './spawn-owned.ts'
import { sweepDeadRuns } from './sweep.ts'

/** Custody over one run, with the means to end it. */
export interface OpenCustody extends Custody {
  readonly runId: string
  /** What was cleaned up after earlier runs: one sentence for each. */
  readonly notices: readonly string[]
  /** To be said before the first container of the run is asked for: where there may be some. */
  registerEngine(engine: EngineAddress): void
  /** Ends every process and container, removes the folder, and lets the reaper go. Never rejects. */
  close(): Promise<void>
}

/**
 * Opens custody over a new run: cleans up after dead ones, makes the run's folder and starts its
 * reaper. From then on, whatever becomes of this process, nothing of the run outlives it for long.
 *
 * `runs` are the folders that runs are made in, the first that can be used; what stands in them is
 * ours to clean. Throws `Blocked` where no folder can be made.
 *
 * @example
 * const custody = await openCustody()
 * const server = await custody.spawn('node', ['server.js'], { environment: { PATH: '/usr/bin' } })
 * await custody.close() // the server is gone
 */
export const openCustody = async (runs?: readonly string[]): Promise<OpenCustody> => {
  const here = await thisMachine()
  const folders = runs ?? (await runsFolders())
  const notices = await sweepDeadRuns(folders, here)
  const runId = newRunId()
  const owner = {
    pid: process.pid,
    startTime: (await processRow(process.pid))?.startTime ?? '',
  }
  const first: RegistryLine = { what: 'run', machine: formatMachine(here), owner }
  const folder = await makeRunFolder(folders, runId, first)
  const reaper = await startReaper(folder)

  const register = (line: RegistryLine): void => {
    reaper.tell(line)
    try {
      // Not put off: between the start of a process and its line, a crash would forget it.
      appendFileSync(join(folder, registryFile), formatLine(line), { mode: 0o600 })
    } catch {
      // The reaper knows; the file is only for the case that it is killed with us.
    }
  }
  reaper.tell(first)
  register({ what: 'reaper', reaper: reaper.identity })

  const living = new Set<OwnedProcess>()
  const engines = new Set<EngineAddress>()
  let closing: Promise<void> | undefined
  const spawn: Custody['spawn'] = async (command, args, options) => {
    if (closing !== undefined) throw new Blocked({ problem: 'The run has ended.' })
    const owned = await spawnOwned(command, args, options, {
      runId,
      registered: (group) => register({ what: 'group', group }),
      gone: (pid) => register({ what: 'gone', pid }),
    })
    living.add(owned)
    // One that could not be ended stays among the living, and is tried again at the end.
    owned.exited
      .then(() => owned.stop())
      .then(() => living.delete(owned))
      .catch(() => {})
    return owned
  }

  const end = async (): Promise<void> => {
    const stopping = Promise.allSettled([...living].map((owned) => owned.stop()))
    const removals = await Promise.all(
      [...engines].map((engine) => removeContainersOf(engine, runId)),
    )
    await stopping
    // Where some may be left, the folder says so, and the reaper and the next run try again.
    if (removals.every(({ problem }) => problem === undefined))
      await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => {})
    await reaper.close()
  }
  return {
    folder,
    runId,
    notices,
    spawn,
    registerEngine: (engine) => {
      engines.add(engine)
      register({ what: 'engine', engine })
    },
    close: () => {
      closing ??= end()
      return closing
    },
  }
}
