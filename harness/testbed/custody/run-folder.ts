import { randomBytes } from 'node:crypto'
import { chmod, lstat, mkdir, rename, statfs, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { Blocked } from '../../model/user-error.ts'
import { formatLine, registryFile, type RegistryLine } from './registry.ts'

/**
 * Others may pass through, not look inside: PostgreSQL refuses to run as root and is started as an
 * unprivileged user, whose folder lies under ours.
 */
const passThrough = 0o711

/** `f_type` of statfs(2) for tmpfs. */
const tmpfsMagic = 0x01021994

/** A database server with its log and clones; a container's `/dev/shm` often has but 64 MB. */
const roomMin = 512 * 1024 * 1024

const isRoomyTmpfs = async (folder: string): Promise<boolean> => {
  try {
    const { type, bavail, bsize } = await statfs(folder)
    return type === tmpfsMagic && bavail * bsize >= roomMin
  } catch {
    return false
  }
}

/**
 * The folders that hold the runs of this user, the best first: in memory where the machine has such
 * a folder with room in it, else among its temporary files.
 */
export const runsFolders = async (): Promise<readonly string[]> => {
  const name = `proofbook-${userInfo().uid}`
  const memory = (await isRoomyTmpfs('/dev/shm')) ? ['/dev/shm'] : []
  return [...memory, tmpdir()].map((base) => join(base, name))
}

/** The base is open to everybody, so what stands there under our name may be a trap of another's. */
const isOurs = async (folder: string): Promise<boolean> => {
  const stats = await lstat(folder)
  const uid = process.getuid?.()
  return stats.isDirectory() && (uid === undefined || stats.uid === uid)
}

const makeRun = async (runs: string, runId: string, first: RegistryLine): Promise<string> => {
  await mkdir(runs, { recursive: true })
  if (!(await isOurs(runs))) throw new Error(`${runs} belongs to somebody else`)
  await chmod(runs, passThrough)
  // Under its final name a folder always says whose it is, so that nobody takes it for a dead one.
  const unfinished = join(runs, `new-${runId}`)
  await mkdir(unfinished)
  await chmod(unfinished, passThrough)
  await writeFile(join(unfinished, registryFile), formatLine(first), { mode: 0o600 })
  const folder = join(runs, runId)
  await rename(unfinished, folder)
  return folder
}

/** A new name for a run: short, since a socket's path has room for about a hundred characters. */
export const newRunId = (): string => `${process.pid}-${randomBytes(4).toString('hex')}`

/**
 * Makes the folder of a run with the first line of its registry in it.
 *
 * Throws `Blocked` where none can be made anywhere.
 */
export const makeRunFolder = async (
  folders: readonly string[],
  runId: string,
  first: RegistryLine,
): Promise<string> => {
  const reasons: string[] = []
  for (const runs of folders)
    try {
      return await makeRun(runs, runId, first)
    } catch (error) {
      reasons.push(error instanceof Error ? error.message : String(error))
    }
  throw new Blocked({
    problem: `No folder for the run could be made: ${reasons.join('; ')}.`,
    fix: 'set TMPDIR to a folder of your own that can be written to',
  })
}
