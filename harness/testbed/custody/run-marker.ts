import { readFile } from 'node:fs/promises'

/**
 * The variable that every process of a run carries in its environment. A process that leaves its
 * group (a daemon of a daemon) is still found by it.
 */
export const runMarker = 'PROOFBOOK_RUN'

/**
 * Whether a process was started with this run's marker. Only Linux tells; elsewhere the answer is
 * no, and groups are all that is known of a run.
 */
export const carriesMarker = async (pid: number, runId: string): Promise<boolean> => {
  if (process.platform !== 'linux') return false
  const environment = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '')
  return environment.split('\0').includes(`${runMarker}=${runId}`)
}
