import { readdir, readFile, readlink, stat } from 'node:fs/promises'
import { connect } from 'node:net'

/** What a run left on the machine: numbers of processes, ports that answer, folders. */
export interface Remains {
  readonly processes: readonly string[]
  readonly ports: readonly number[]
  readonly folders: readonly string[]
}

/** Nothing at all. */
export const nothing: Remains = { processes: [], ports: [], folders: [] }

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })

/**
 * Describes a process if it belongs to a run: by the marker in its environment, by the run's folder
 * in its arguments (the reaper), or by where it works (PostgreSQL writes over its environment).
 */
const ofRun = async (pid: string, folder: string, runId: string): Promise<string | undefined> => {
  const [environment, commandLine, cwd, status] = await Promise.all([
    readFile(`/proc/${pid}/environ`, 'latin1').catch(() => ''),
    readFile(`/proc/${pid}/cmdline`, 'latin1').catch(() => ''),
    readlink(`/proc/${pid}/cwd`).catch(() => ''),
    readFile(`/proc/${pid}/stat`, 'latin1').catch(() => ''),
  ])
  if (/\) [ZX] /.test(status)) return undefined
  const belongs =
    environment.includes(`PROOFBOOK_RUN=${runId}\0`) ||
    commandLine.includes(folder) ||
    cwd.startsWith(folder)
  return belongs ? `${pid} ${commandLine.replaceAll('\0', ' ').trim()}` : undefined
}

/** Looks for what is left of a run. Its own way of looking, not the harness'. */
export const remainsOf = async (run: {
  readonly folder: string
  readonly ports: readonly number[]
}): Promise<Remains> => {
  const runId = run.folder.split('/').at(-1) ?? ''
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const processes = await Promise.all(pids.map((pid) => ofRun(pid, run.folder, runId)))
  const open = await Promise.all(run.ports.map(answers))
  const exists = await stat(run.folder).then(
    () => true,
    () => false,
  )
  return {
    processes: processes.filter((line) => line !== undefined),
    ports: run.ports.filter((_, index) => open[index]),
    folders: exists ? [run.folder] : [],
  }
}
