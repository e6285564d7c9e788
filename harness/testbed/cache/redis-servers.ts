import { Blocked } from '../../model/user-error.ts'
import type { Custody } from '../custody.ts'
import { findProgram } from '../find-program.ts'
import { installCommand, type Packages } from '../install-command.ts'
import { openSeats } from '../stub/seats.ts'
import { startRedisServer } from './redis-server.ts'

/** The right to use one Redis for one testbed. */
interface RedisLease {
  readonly host: string
  readonly port: number
  readonly versionText: string
  failure(): Blocked | undefined
  /** Empties it for another case of the same testbed. Throws `Blocked` where that cannot be done. */
  renew(): Promise<void>
  /** Gives it back. Only when nothing of the testbed can reach it any more: links closed first. */
  release(): Promise<void>
}

/** The Redis servers of a run. */
export interface RedisServers {
  /** One with nothing in it. Waits where all are leased. */
  lease(): Promise<RedisLease>
  close(): Promise<void>
}

/** What Redis servers are started with. */
export interface RedisServersOptions {
  /** The most at once. */
  readonly count: number
  readonly environment: Readonly<Record<string, string>>
  /** Where they are looked for beside the PATH; default: where servers usually lie. */
  readonly alsoIn?: readonly string[]
}

const packages: Packages = {
  debian: 'redis-server',
  fedora: 'valkey',
  rhel: 'redis',
  alpine: 'redis',
  arch: 'valkey',
  suse: 'redis',
  darwin: 'redis',
}

/** Redis, or Valkey, which went on from it. */
const programs = ['redis-server', 'valkey-server'] as const

/**
 * Redis servers that are started one by one when they are needed, leased to one testbed at a time and
 * emptied between. A database number each would be cheaper by a few megabytes and isolate only keys:
 * channels, settings, FLUSHALL and every client that knows no numbers would reach into other cases.
 *
 * `lease` throws `Blocked` where there is no Redis on the PATH, with the command that installs it.
 *
 * @example
 * const servers = openRedisServers(custody, { count: 4, environment })
 * const lease = await servers.lease()
 */
export const openRedisServers = (
  custody: Custody,
  { count, environment, alsoIn }: RedisServersOptions,
): RedisServers => {
  const start = async () => {
    const program = await findProgram(programs, environment['PATH'], alsoIn)
    if (program === undefined)
      throw new Blocked({
        problem: 'There is no redis-server on this machine.',
        expected: 'redis-server or valkey-server on the PATH',
        fix: await installCommand(packages),
      })
    return startRedisServer(custody, program, environment)
  }
  const seats = openSeats(count, start, 'a Redis')
  return {
    lease: async () => {
      const seat = await seats.take()
      const { server } = seat
      return {
        host: server.host,
        port: server.port,
        versionText: server.versionText,
        failure: () => server.failure(),
        renew: async () => {
          if (await server.clear()) return
          throw (
            server.failure() ??
            new Blocked({
              problem: 'A Redis could not be made as it was: the case before changed its settings.',
              fix: 'none is needed: another takes its place',
            })
          )
        },
        release: async () => seat.release((await server.clear()) ? 'usable' : 'unusable'),
      }
    },
    close: () => seats.close(),
  }
}
