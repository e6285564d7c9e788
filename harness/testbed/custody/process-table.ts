import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

/**
 * A process, told apart from every other one that ever had its number by the time of its start.
 *
 * `startTime` is opaque: ticks since boot on Linux, a date elsewhere. Only equality means something.
 */
export interface ProcessIdentity {
  readonly pid: number
  readonly startTime: string
}

/** One row of the machine's process table. */
export interface ProcessRow extends ProcessIdentity {
  readonly parent: number
  readonly group: number
  /** It has ended and only its entry is left; nothing can end it further. */
  readonly zombie: boolean
}

/**
 * Reads a line of Linux' `/proc/<pid>/stat` (proc(5)). The program's name stands in parentheses and
 * may itself hold spaces and parentheses, so fields are counted from the last one.
 */
export const parseProcStat = (text: string): ProcessRow | undefined => {
  const end = text.lastIndexOf(')')
  const pid = Number.parseInt(text, 10)
  if (end === -1 || !Number.isInteger(pid)) return undefined
  const fields = text.slice(end + 2).split(' ')
  const [state, parent, group] = fields
  const startTime = fields[19]
  if (state === undefined || startTime === undefined) return undefined
  const zombie = state === 'Z' || state === 'X'
  return { pid, parent: Number(parent), group: Number(group), zombie, startTime }
}

/** Reads one line of `ps -o pid=,ppid=,pgid=,stat=,lstart=`. */
export const parsePsLine = (line: string): ProcessRow | undefined => {
  const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(\S.*?)\s*$/.exec(line)
  if (match === null) return undefined
  const [, pid, parent, group, state = '', startTime = ''] = match
  return {
    pid: Number(pid),
    parent: Number(parent),
    group: Number(group),
    zombie: state.startsWith('Z'),
    startTime,
  }
}

const run = promisify(execFile)

const ps = async (...which: readonly string[]): Promise<readonly ProcessRow[]> => {
  try {
    const options = { env: { PATH: process.env['PATH'], LC_ALL: 'C' }, maxBuffer: 16 * 1024 * 1024 }
    const { stdout } = await run('ps', [...which, '-o', 'pid=,ppid=,pgid=,stat=,lstart='], options)
    return stdout.split('\n').flatMap((line) => parsePsLine(line) ?? [])
  } catch {
    // `ps -p` exits 1 where there is no such process.
    return []
  }
}

const linux = process.platform === 'linux'

/** The row of one process, or `undefined` when there is none with that number. */
export const processRow = async (pid: number): Promise<ProcessRow | undefined> => {
  if (!linux) return (await ps('-p', String(pid)))[0]
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return parseProcStat(text)
}

/** Every process that we may see. */
export const processTable = async (): Promise<readonly ProcessRow[]> => {
  if (!linux) return ps('-ax')
  const names = await readdir('/proc')
  const rows = await Promise.all(
    names.filter((name) => /^\d+$/.test(name)).map((name) => processRow(Number(name))),
  )
  return rows.filter((row) => row !== undefined)
}

/**
 * Whether that very process still runs: not one that got its number later, and not a zombie.
 *
 * @example
 * await isAlive({ pid: process.pid, startTime: (await processRow(process.pid)).startTime }) // true
 */
export const isAlive = async ({ pid, startTime }: ProcessIdentity): Promise<boolean> => {
  const row = await processRow(pid)
  return row !== undefined && !row.zombie && row.startTime === startTime
}
