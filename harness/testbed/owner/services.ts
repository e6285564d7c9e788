import type { PostgresConfig, ValidConfig } from '../../config/schema.ts'
import type { Custody } from '../custody.ts'
import type { PostgresServer } from '../database/postgres.ts'
import { basicEnvironment } from '../provider/environment.ts'
import type { RabbitmqServer } from '../broker/rabbitmq.ts'
import type { RedisServers } from '../cache/redis-servers.ts'
import type { Programs } from '../program/programs.ts'
import type { StubServers } from '../stub/stub-servers.ts'
import { openClosers } from './closers.ts'

/** The servers of a run that all testbeds share, each started when the first testbed needs it. */
export interface Services {
  /** Throws `Blocked` where that version cannot be had; asked again, it says the same again. */
  postgres(version: PostgresConfig['version']): Promise<PostgresServer>
  /** Throws `Blocked` where there is no Java. */
  stubs(): Promise<StubServers>
  redis(): Promise<RedisServers>
  /** Throws `Blocked` where there is no RabbitMQ on this machine. */
  rabbitmq(): Promise<RabbitmqServer>
  programs(): Promise<Programs>
  /** Files with mappings that were there for cases and that no request of any case used. */
  unusedMappings(): readonly string[]
  /** What the person should be told of them: that a JRE was fetched. */
  notices(): readonly string[]
  close(): Promise<readonly Error[]>
}

interface Closable {
  close(): Promise<void>
}

/** What a search for Java, a download and a proxy on the way depend on. */
const javaSettings = [
  'JAVA_HOME',
  'XDG_CACHE_HOME',
  'PROOFBOOK_JAVA_DOWNLOAD',
  'NODE_EXTRA_CA_CERTS',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
]

/** What the shared servers of a run are opened with. */
export interface ServicesOptions {
  readonly root: string
  readonly java: ValidConfig['java']
  /** The most stubs, and servers of one kind beside them, that there ever are at the same time. */
  readonly stubsAtOnce: number
  readonly inherited: Readonly<Record<string, string | undefined>>
}

/**
 * The servers of a run as processes of this machine. Their code is loaded with the first lease too.
 */
export const openServices = (
  custody: Custody,
  { root, java, stubsAtOnce, inherited }: ServicesOptions,
): Services => {
  let stubServers: StubServers | undefined
  const lost: string[] = []
  const closers = openClosers()
  const started = new Map<string, Promise<Closable>>()

  /** Starts a server once, however many testbeds ask for it at the same time. */
  const once = <Server extends Closable>(
    name: string,
    open: () => Promise<Server>,
  ): Promise<Server> => {
    const known = started.get(name) as Promise<Server> | undefined
    if (known !== undefined) return known
    const server = open()
    started.set(name, server)
    // One that did not start has nothing to close, and told whoever asked for it.
    const close = async (): Promise<void> => (await server.catch(() => undefined))?.close()
    closers.add(name, close)
    return server
  }

  /** The server of a version; one that has ended is told of, and another takes its place. */
  const postgres: Services['postgres'] = async (version) => {
    const name = `PostgreSQL ${version ?? ''}`
    const server = await once(name, async () => {
      const { openPostgres } = await import('../database/postgres.ts')
      const opened = await openPostgres(custody, { version, root })
      void opened.exited.then(() => {
        if (opened.failure() === undefined) return undefined
        return lost.push(
          `${opened.versionText} ended while it was needed. What ran on it then is blocked; later cases get a new one.`,
        )
      })
      return opened
    })
    if (server.failure() === undefined) return server
    // Whoever comes first forgets it; the others find the new one.
    if ((await started.get(name)) === server) started.delete(name)
    return postgres(version)
  }

  return {
    postgres,
    stubs: () =>
      once('the stubs', async () => {
        const { openStubServers } = await import('../stub/stub-servers.ts')
        stubServers = await openStubServers(custody, {
          root,
          java: java ?? {},
          count: stubsAtOnce,
          environment: basicEnvironment(inherited, javaSettings),
        })
        return stubServers
      }),
    redis: () =>
      once('Redis', async () => {
        const { openRedisServers } = await import('../cache/redis-servers.ts')
        const environment = basicEnvironment(inherited)
        return openRedisServers(custody, { count: stubsAtOnce, environment })
      }),
    rabbitmq: () =>
      once('RabbitMQ', async () => {
        const { openRabbitmq } = await import('../broker/rabbitmq.ts')
        return openRabbitmq(custody, { environment: basicEnvironment(inherited) })
      }),
    programs: () =>
      once('the programs', async () => {
        const { openPrograms } = await import('../program/programs.ts')
        return openPrograms(custody, { root, inherited, count: stubsAtOnce })
      }),
    unusedMappings: () => stubServers?.unusedMappings() ?? [],
    notices: () => [...(stubServers?.notices ?? []), ...lost],
    close: () => closers.close(),
  }
}
