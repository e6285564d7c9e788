import { readFile } from 'node:fs/promises'
import { signal } from './end-processes.ts'
import { portsOf } from './listeners.ts'
import { processTable } from './process-table.ts'

/**
 * The variable that a provider carries in its environment beside the run's marker: which testbed it
 * belongs to. What it starts carries it too, also a daemon that leaves its group.
 */
export const testbedMarker = 'PROOFBOOK_TESTBED'

/** A process that outlived the testbed it was started in. */
export interface Leftover {
  /** The value of its marker. */
  readonly testbed: string
  readonly pid: number
  readonly commandLine: string
  readonly ports: readonly number[]
}

/** Which testbed a process belongs to, as far as it can be seen. */
export const testbedOf = async (pid: number): Promise<string | undefined> => {
  const environment = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '')
  const prefix = `${testbedMarker}=`
  const found = environment.split('\0').find((entry) => entry.startsWith(prefix))
  return found?.slice(prefix.length)
}

/**
 * Ends the processes that carry the marker of a testbed that is closed, and tells what they were.
 * Only Linux tells whose they are; elsewhere there are none.
 */
export const endLeftovers = async (testbeds: ReadonlySet<string>): Promise<readonly Leftover[]> => {
  if (process.platform !== 'linux' || testbeds.size === 0) return []
  const found: Leftover[] = []
  for (const { pid, zombie } of await processTable()) {
    if (zombie) continue
    const testbed = await testbedOf(pid)
    if (testbed === undefined || !testbeds.has(testbed)) continue
    const commandLine = await readFile(`/proc/${pid}/cmdline`, 'latin1').catch(() => '')
    const ports = await portsOf(pid)
    found.push({ testbed, pid, commandLine: commandLine.replaceAll('\0', ' ').trim(), ports })
    // Its provider is gone, so there is nobody for whom it should end in order.
    signal(pid, 'SIGKILL')
  }
  return found
}
