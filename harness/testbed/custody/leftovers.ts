import { readFile } from 'node:fs/promises'
import { setTimeout as after } from 'node:timers/promises'
import type { Custody } from '../custody.ts'
import { signal } from './end-processes.ts'
import { portsOf } from './listeners.ts'
import { isAlive, processTable } from './process-table.ts'

/**
 * The variable that a provider carries in its environment beside the run's marker: which testbed it
 * belongs to. What it starts carries it too, also a daemon that leaves its group.
 */
export const testbedMarker = 'PROOFBOOK_TESTBED'

/** The value of that variable: another run has testbeds of the same ids. */
export const testbedMark = ({ folder }: Pick<Custody, 'folder'>, testbed: string): string =>
  `${folder} ${testbed}`

/** A process that outlived the testbed it was started in. */
export interface Leftover {
  /** The mark of its testbed. */
  readonly mark: string
  readonly pid: number
  readonly commandLine: string
  readonly ports: readonly number[]
}

/** The mark of the testbed that a process belongs to, as far as it can be seen. */
export const markOf = async (pid: number): Promise<string | undefined> => {
  const environment = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '')
  const prefix = `${testbedMarker}=`
  const found = environment.split('\0').find((entry) => entry.startsWith(prefix))
  return found?.slice(prefix.length)
}

/** What ends by itself when its provider does needs a moment for it. */
const graceMilliseconds = 300

/**
 * Ends the processes that carry one of these marks, of testbeds that are closed, and tells what they
 * were. Only Linux tells whose they are; elsewhere there are none.
 */
export const endLeftovers = async (marks: ReadonlySet<string>): Promise<readonly Leftover[]> => {
  if (process.platform !== 'linux' || marks.size === 0) return []
  const table = (await processTable()).filter(({ zombie }) => !zombie)
  const marked = await Promise.all(table.map(async (row) => ({ row, mark: await markOf(row.pid) })))
  const ours = marked.filter(({ mark }) => mark !== undefined && marks.has(mark))
  if (ours.length > 0) await after(graceMilliseconds)
  const found: Leftover[] = []
  for (const { row, mark = '' } of ours) {
    if (!(await isAlive(row))) continue
    const { pid } = row
    const commandLine = await readFile(`/proc/${pid}/cmdline`, 'latin1').catch(() => '')
    const ports = await portsOf(pid)
    found.push({ mark, pid, commandLine: commandLine.replaceAll('\0', ' ').trim(), ports })
    // Its provider is gone, so there is nobody for whom it should end in order.
    signal(pid, 'SIGKILL')
  }
  return found
}
