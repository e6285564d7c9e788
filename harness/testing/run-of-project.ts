import { readdir, readFile, readlink } from 'node:fs/promises'

/** A run that is under way in a project, seen from outside. */
export interface RunUnderWay {
  /** The run's folder, which its reaper was told. */
  readonly folder: string
  readonly providers: readonly number[]
  readonly workers: readonly number[]
}

interface Seen {
  readonly pid: number
  readonly commandLine: string
  readonly environment: string
  readonly cwd: string
}

const look = async (pid: string): Promise<Seen> => {
  const read = (name: string): Promise<string> =>
    readFile(`/proc/${pid}/${name}`, 'latin1').catch(() => '')
  return {
    pid: Number(pid),
    commandLine: (await read('cmdline')).replaceAll('\0', ' '),
    environment: await read('environ'),
    cwd: await readlink(`/proc/${pid}/cwd`).catch(() => ''),
  }
}

/**
 * Finds the run that is under way in a project once it has a provider, by what Linux tells of its
 * processes; `undefined` while there is none.
 */
export const runOfProject = async (
  projectPath: string,
  mainPid: number,
): Promise<RunUnderWay | undefined> => {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const all = await Promise.all(pids.map(look))
  const own = all.filter(({ cwd }) => cwd === projectPath)
  const providers = own.filter(({ commandLine }) => commandLine.includes('server.js'))
  const runId = /PROOFBOOK_RUN=([^\0]+)/.exec(providers[0]?.environment ?? '')?.[1]
  const reaper = all.find(
    ({ commandLine }) =>
      runId !== undefined && commandLine.includes('reaper') && commandLine.includes(runId),
  )
  const folder = reaper?.commandLine.split(' ').find((part) => part.endsWith(runId ?? ' '))
  if (folder === undefined) return undefined
  return {
    folder,
    providers: providers.map(({ pid }) => pid),
    workers: own
      .filter(
        ({ pid, commandLine }) =>
          pid !== mainPid && /vitest/.test(commandLine) && /forks/.test(commandLine),
      )
      .map(({ pid }) => pid),
  }
}
