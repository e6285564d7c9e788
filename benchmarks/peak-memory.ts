import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as after } from 'node:timers/promises'
import type { CommandResult } from '../harness/testing/project.ts'

const pageBytes = 4096

interface Row {
  readonly pid: number
  readonly parent: number
  readonly megabytes: number
  /** Whether it belongs to a testbed: a provider, a server, a stub. */
  readonly ofTestbed: boolean
}

const rowOf = async (pid: number): Promise<Row | undefined> => {
  const read = (name: string): Promise<string> => readFile(`/proc/${pid}/${name}`, 'latin1')
  try {
    const [stat, environment] = [await read('stat'), await read('environ')]
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return {
      pid,
      parent: Number(fields[1]),
      megabytes: (Number(fields[21]) * pageBytes) / 2 ** 20,
      // PostgreSQL writes its titles over its environment.
      ofTestbed: environment.includes('PROOFBOOK_RUN=') || stat.includes('(postgres)'),
    }
  } catch {
    return undefined
  }
}

/** The memory of all that descends from us and is no part of a testbed. */
const harnessMegabytes = async (): Promise<number> => {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  const rows = (await Promise.all(pids.map(rowOf))).filter((row) => row !== undefined)
  const sum = (parent: number): number =>
    rows
      .filter((row) => row.parent === parent && !row.ofTestbed)
      .reduce((total, row) => total + row.megabytes + sum(row.pid), 0)
  return sum(process.pid)
}

/**
 * The most memory, in megabytes, that a command's harness had: main process, workers and reaper, all
 * that descends from us and is no part of a testbed. Throws where it fails.
 */
export const peakDuring = async (run: Promise<CommandResult>): Promise<number> => {
  let peak = 0
  const look = async (): Promise<void> => {
    peak = Math.max(peak, await harnessMegabytes())
  }
  const ended = new AbortController()
  const looking = (async () => {
    while (!ended.signal.aborted) {
      await look()
      await after(50)
    }
  })()
  const { status, output } = await run.finally(() => ended.abort())
  await looking
  if (status !== 0) throw new Error(output)
  return peak
}
