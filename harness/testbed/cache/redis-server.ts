import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Blocked } from '../../model/user-error.ts'
import type { Custody, OwnedProcess } from '../custody.ts'
import { freePort } from '../provider/free-port.ts'
import { waitForLine } from '../wait-for-line.ts'
import { connectRedis, type Reply, type RespClient } from './resp.ts'

/** One Redis, used by one testbed after the other. */
export interface RedisServer {
  readonly host: string
  readonly port: number
  /** `Redis 7.0.15` */
  readonly versionText: string
  failure(): Blocked | undefined
  /** Whether it could be made as it was at its start: what a testbed changed for good, it cannot. */
  clear(): Promise<boolean>
  close(): Promise<void>
}

const host = '127.0.0.1'
const withinMilliseconds = 20_000
const portsTried = 5

/** Older ones let anybody on this machine load code into them. */
const majorMin = 7

/** Nothing is kept: not on the disk, and not beyond the testbed. */
const settings = ['--bind', host, '--save', '', '--appendonly', 'no', '--daemonize', 'no']

const lastLines = (owned: OwnedProcess): string => owned.log().slice(-15).join('\n')

const listen = async (
  custody: Custody,
  program: string,
  folder: string,
  environment: Readonly<Record<string, string>>,
): Promise<{ readonly owned: OwnedProcess; readonly port: number }> => {
  for (let tried = 1; ; tried += 1) {
    const port = await freePort()
    const args = ['--port', String(port), '--dir', folder, ...settings]
    // Nothing is written, so nothing is lost by the shortest end.
    const owned = await custody.spawn(program, args, { environment, stopSignal: 'SIGKILL' })
    const line = await waitForLine(owned, /Ready to accept connections/, withinMilliseconds)
    if (typeof line !== 'string') return { owned, port }
    await owned.stop()
    const taken = owned.log().some((one) => /address already in use/i.test(one))
    if (line === 'exited' && taken && tried < portsTried) continue
    throw new Blocked({
      problem: `Redis did not start: ${line === 'late' ? 'it was not ready within 20 s' : 'it ended'}.`,
      fix: 'read its log, which follows',
      log: lastLines(owned),
    })
  }
}

const readVersion = async (client: RespClient): Promise<string> => {
  const version = /^redis_version:(\S+)/m.exec(String(await client.command('INFO', 'server')))?.[1]
  if (Number.parseInt(version ?? '0', 10) >= majorMin) return version ?? ''
  throw new Blocked({
    problem: `The machine's redis-server is ${version ?? 'of an unknown version'}.`,
    expected: `Redis ${majorMin} or newer: older ones let everybody on this machine run code in them`,
    fix: `install Redis ${majorMin} or newer`,
  })
}

/** What outlives the emptying of all databases. */
const remembered = async (client: RespClient): Promise<string> => {
  const all: Reply[] = []
  for (const command of [['CONFIG', 'GET', '*'], ['ACL', 'LIST'], ['MODULE', 'LIST'], ['ROLE']])
    all.push(await client.command(...command))
  // The offset of replication counts on by itself.
  return JSON.stringify(all, (_key, value: unknown) => (typeof value === 'number' ? 0 : value))
}

/** Connections are closed by then: a client that is blocked or subscribed would go on. */
const clear = async (client: RespClient): Promise<void> => {
  await client.command('CLIENT', 'KILL', 'SKIPME', 'yes')
  await client.command('FLUSHALL', 'SYNC')
  await client.command('FUNCTION', 'FLUSH', 'SYNC')
  await client.command('SCRIPT', 'FLUSH', 'SYNC')
  await client.command('SLOWLOG', 'RESET')
  await client.command('CONFIG', 'RESETSTAT')
}

/**
 * Starts an empty Redis on a port that nobody chose, reachable from this machine only.
 *
 * Throws `Blocked` where it does not start, with the last lines of its log, or is older than 7.
 */
export const startRedisServer = async (
  custody: Custody,
  program: string,
  environment: Readonly<Record<string, string>>,
): Promise<RedisServer> => {
  const folder = await mkdtemp(join(custody.folder, 'redis-'))
  const { owned, port } = await listen(custody, program, folder, environment)
  let failure: Blocked | undefined
  let closing = false
  void owned.exited.then(({ code, signal }) => {
    if (closing) return undefined
    failure = new Blocked({
      problem: `A Redis ended while it was needed (${signal ?? `exit status ${code}`}).`,
      fix: 'read its log, which follows; the next testbed gets a new one',
      log: lastLines(owned),
    })
    return failure
  })
  let client: RespClient | undefined
  const close = async (): Promise<void> => {
    closing = true
    client?.close()
    await owned.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const admin = await connectRedis({ host, port })
    client = admin
    const versionText = `Redis ${await readVersion(admin)}`
    const atFirst = await remembered(admin)
    return {
      host,
      port,
      versionText,
      failure: () => failure,
      clear: async () => {
        try {
          await clear(admin)
          return (await remembered(admin)) === atFirst
        } catch {
          return false
        }
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
