import { appendFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Blocked } from '../../model/user-error.ts'
import type { Custody, OwnedProcess } from '../custody.ts'
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
  /** Ends every process, removes the folder, and lets the reaper go. Never rejects. */
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
    await Promise.allSettled([...living].map((owned) => owned.stop()))
    await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => {})
    await reaper.close()
  }
  return {
    folder,
    runId,
    notices,
    spawn,
    close: () => {
      closing ??= end()
      return closing
    },
  }
}
