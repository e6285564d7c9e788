import { randomBytes } from 'node:crypto'
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Blocked } from '../../model/user-error.ts'
import type { Custody, OwnedProcess } from '../custody.ts'
import { waitForLine } from '../wait-for-line.ts'
import type { Binaries } from './binaries.ts'
import { freePort } from '../provider/free-port.ts'
import { serverIdentity, type Identity } from './identity.ts'
import { prepareInstallation, type Installation } from './installation.ts'
import { serverSettings, settingOptions } from './server-settings.ts'

/** A PostgreSQL that takes connections. */
export interface ServerProcess {
  readonly owned: OwnedProcess
  readonly host: string
  readonly port: number
  /** The one role there is: a superuser, as in the official image. */
  readonly user: string
  /** Made for this run. */
  readonly password: string
  /** Everything it wrote. */
  readonly folder: string
  /** Its data folder, inside of that one. */
  readonly data: string
}

const host = '127.0.0.1'
const user = 'postgres'
const withinMilliseconds = 60_000
const portsTried = 5

/** On this machine only, and nowhere else. */
const settings = {
  ...serverSettings,
  listen_addresses: host,
  unix_socket_directories: '',
  // In the data folder, so that a killed server leaves no segments behind in /dev/shm.
  dynamic_shared_memory_type: process.platform === 'win32' ? 'windows' : 'mmap',
} as const

const dataFolder = (folder: string): string => join(folder, 'data')

const lastLines = (owned: OwnedProcess): string => owned.log().slice(-15).join('\n')

const didNotStart = (what: string, owned: OwnedProcess): Blocked =>
  new Blocked({
    problem: `PostgreSQL did not start: ${what}.`,
    fix: 'read its log, which follows',
    log: lastLines(owned),
  })

interface Launch {
  readonly custody: Custody
  readonly installation: Installation
  readonly identity: Identity | undefined
  readonly folder: string
}

const spawnProgram = (
  { custody, installation, identity, folder }: Launch,
  name: 'initdb' | 'postgres',
  args: readonly string[],
): Promise<OwnedProcess> =>
  custody.spawn(installation.program(name), args, {
    cwd: folder,
    environment: {
      PATH: process.env.PATH ?? '',
      ...(process.platform === 'win32' ? { SystemRoot: process.env.SystemRoot ?? '' } : {}),
      LC_ALL: 'C',
      ...installation.environment,
    },
    // Immediate shutdown: the data is thrown away, and no client is waited for.
    stopSignal: 'SIGQUIT',
    ...identity,
  })

const initialise = async (launch: Launch, password: string): Promise<void> => {
  const passwordFile = join(launch.folder, 'password')
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (launch.identity !== undefined)
    await chown(passwordFile, launch.identity.uid, launch.identity.gid)
  const owned = await spawnProgram(launch, 'initdb', [
    `--pgdata=${dataFolder(launch.folder)}`,
    `--username=${user}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
    '--no-instructions',
  ])
  const { code, signal } = await owned.exited
  await rm(passwordFile, { force: true })
  if (code !== 0) throw didNotStart(`initdb ended with ${signal ?? `exit status ${code}`}`, owned)
}

const portTaken = (owned: OwnedProcess): boolean =>
  owned.log().some((line) => line.includes('could not bind'))

const listen = async (launch: Launch): Promise<{ owned: OwnedProcess; port: number }> => {
  for (let tried = 1; ; tried += 1) {
    const port = await freePort()
    const owned = await spawnProgram(launch, 'postgres', [
      '-D',
      dataFolder(launch.folder),
      ...settingOptions({ ...settings, port: String(port) }),
    ])
    const line = await waitForLine(owned, /ready to accept connections/, withinMilliseconds)
    if (typeof line !== 'string') return { owned, port }
    await owned.stop()
    if (line === 'exited' && portTaken(owned) && tried < portsTried) continue
    throw didNotStart(line === 'late' ? 'it was not ready within 60 s' : 'it ended', owned)
  }
}

/**
 * Starts a new, empty PostgreSQL in the run's folder, on a port that nobody chose.
 *
 * Throws `Blocked` with the last lines of the log where it does not start.
 */
export const startServer = async (custody: Custody, binaries: Binaries): Promise<ServerProcess> => {
  const identity = serverIdentity()
  const folder = await mkdtemp(join(custody.folder, 'postgres-'))
  const programs = await mkdtemp(join(custody.folder, 'postgres-programs-'))
  await chmod(programs, 0o711)
  const installation = await prepareInstallation(binaries, programs, identity)
  if (identity !== undefined) await chown(folder, identity.uid, identity.gid)
  const launch = { custody, installation, identity, folder }
  const password = randomBytes(18).toString('base64url')
  await initialise(launch, password)
  const { owned, port } = await listen(launch)
  return { owned, host, port, user, password, folder, data: dataFolder(folder) }
}
