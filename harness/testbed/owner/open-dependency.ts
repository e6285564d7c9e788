import type {
  CommandConfig,
  ContainerConfig,
  DependencyConfig,
  PostgresConfig,
  WiremockConfig,
} from '../../config/schema.ts'
import type { StubReport } from '../../model/evidence.ts'
import { Blocked } from '../../model/user-error.ts'
import { ServerEnded } from '../database/admin.ts'
import type { LinkAddress } from '../engine/engine.ts'
import { configuredEnvironment } from '../provider/environment.ts'
import { openLink, type LinkProxy } from '../link/link.ts'
import { renewedBehind } from '../link/swap-behind.ts'
import type { Swap } from '../swap.ts'
import type { Closers } from './closers.ts'
import type { Services } from './services.ts'

/** A dependency of one testbed: open, with a link in front of it where there can be one. */
export interface OpenDependency {
  readonly link?: LinkProxy
  /** What fills the provider's placeholders; all of it leads through the link, if there is one. */
  readonly values: Readonly<Record<string, string>>
  /** Past the link, for a database. */
  readonly databaseUrl?: string
  /** Past the link, for a stub. */
  readonly stubUrl?: string
  readonly stubReport?: () => Promise<Omit<StubReport, 'name'>>
  /** What it printed, for one that is this testbed's alone. */
  readonly log?: () => readonly string[]
  /** `PostgreSQL 17.10, a process`. */
  readonly madeOf: string
  /**
   * Makes it fresh for another case, behind the same link and under the same values. Absent where
   * that cannot be done: then each case gets a provider of its own. Throws what it cannot be had for.
   */
  readonly renew?: () => Promise<Swap>
  /** Why it cannot be used any more, if it ended under this testbed. */
  readonly failure?: () => Blocked | undefined
}

/** What a dependency is opened with. */
export interface Opening {
  readonly testbed: string
  readonly name: string
  readonly services: Services
  readonly closers: Closers
  readonly root: string
  readonly integration: string
  /** What a migration gets beside the database's address. */
  readonly environment: Readonly<Record<string, string>>
  /** Where secrets come from. */
  readonly inherited: Readonly<Record<string, string | undefined>>
  /** How the provider reaches links; without, it finds dependencies beside it on their engine. */
  readonly links: LinkAddress | { readonly blocked: string }
  readonly signal: AbortSignal
}

/** Where something is, as the provider or another container sees it. */
interface Place {
  readonly host: string
  readonly port: number
}

/** The way from the provider to a dependency: through a link where there can be one. */
interface Way extends Place {
  readonly link?: LinkProxy
}

const openWay = async (
  { name, closers, links }: Opening,
  { host, port, inside }: Place & { readonly inside?: Place },
): Promise<Way> => {
  if ('blocked' in links) return inside ?? { host, port }
  const link = await openLink({ name, target: { host, port }, listen: links.listen })
  closers.add(`the link to ${name}`, () => link.close())
  return { host: links.host, port: link.port, link }
}

const prefixed = (
  name: string,
  values: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [`${name}.${key}`, value]))

/** A process of this machine is reached through a link, or from a provider on this machine. */
const assertReachable = ({ name, links }: Opening, what: string): void => {
  if (!('blocked' in links)) return
  throw new Blocked({
    problem: `The provider runs in a container and cannot reach the dependency "${name}" (${what}), a process of this machine: ${links.blocked}.`,
    fix: 'start the provider by a command, use an engine on this machine, or take a container() instead',
  })
}

const openDatabase = async (config: PostgresConfig, opening: Opening): Promise<OpenDependency> => {
  const { name, testbed, services, closers, root, environment } = opening
  const make = async () => {
    const server = await services.postgres(config.version, config.image)
    const template = await server.template(config, { root, environment })
    return { server, clone: await server.clone(template, databaseName) }
  }
  const databaseName = `${testbed}_${name}`.replaceAll('-', '_')
  const { server, clone } = await make().catch((error: unknown) => {
    // It ended under our hands: nothing of this case is lost yet, and there is a new one.
    if (error instanceof ServerEnded) return make()
    throw error
  })
  closers.add(`the database ${name}`, () => server.drop(clone.name))
  const { inside } = server
  const { link, host, port } = await openWay(
    opening,
    inside === undefined ? clone : { ...clone, inside },
  )
  const past = `${clone.host}:${clone.port}`
  const through = `${host}:${port}`
  return {
    ...(link === undefined ? {} : { link }),
    values: prefixed(name, {
      url: clone.url.replace(past, through),
      jdbcUrl: clone.jdbcUrl.replace(past, through),
      host,
      port: String(port),
      name: clone.name,
      user: clone.user,
      password: clone.password,
    }),
    databaseUrl: clone.url,
    madeOf: `${server.versionText}, ${server.madeOf}`,
    ...renewedBehind(link, 'all', async () => {
      const latest = await server.template(config, { root, environment })
      await server.drop(clone.name)
      await server.clone(latest, databaseName)
    }),
    failure: () => server.failure(),
  }
}

const openStub = async (config: WiremockConfig, opening: Opening): Promise<OpenDependency> => {
  const { name, services, closers } = opening
  const servers = await services.stubs(config.image)
  const stub = await servers.lease(config)
  closers.add(`the stub ${name}`, () => stub.release())
  const { link, host, port } = await openWay(opening, stub)
  return {
    ...(link === undefined ? {} : { link }),
    values: prefixed(name, { url: `http://${host}:${port}`, host, port: String(port) }),
    stubUrl: stub.url,
    stubReport: () => stub.report(),
    madeOf: `${servers.versionText}, ${servers.madeOf}`,
    // The same server, emptied: connections that nobody waits on stay good.
    ...renewedBehind(link, 'in flight', () => stub.renew()),
    failure: () => stub.failure(),
  }
}

const openRedis = async (opening: Opening): Promise<OpenDependency> => {
  const { name, services, closers } = opening
  assertReachable(opening, 'Redis')
  const servers = await services.redis()
  const redis = await servers.lease()
  closers.add(`the Redis ${name}`, () => redis.release())
  const { link, host, port } = await openWay(opening, redis)
  return {
    ...(link === undefined ? {} : { link }),
    values: prefixed(name, { url: `redis://${host}:${port}`, host, port: String(port) }),
    madeOf: `${redis.versionText}, a process`,
    ...renewedBehind(link, 'all', () => redis.renew()),
    failure: () => redis.failure(),
  }
}

const openRabbitmq = async (opening: Opening): Promise<OpenDependency> => {
  const { name, testbed, services, closers } = opening
  assertReachable(opening, 'RabbitMQ')
  const server = await services.rabbitmq()
  const { name: vhost, user, password } = await server.create(`${testbed}-${name}`)
  closers.add(`the virtual host ${name}`, () => server.drop(vhost))
  const { link, host, port } = await openWay(opening, server)
  return {
    ...(link === undefined ? {} : { link }),
    values: prefixed(name, {
      url: `amqp://${user}:${password}@${host}:${port}/${vhost}`,
      host,
      port: String(port),
      vhost,
      user,
      password,
    }),
    madeOf: `${server.versionText}, a virtual host`,
    ...renewedBehind(link, 'all', () => server.renew(vhost)),
    failure: () => server.failure(),
  }
}

const openProgram = async (config: CommandConfig, opening: Opening): Promise<OpenDependency> => {
  const { name, integration, services, closers, signal } = opening
  assertReachable(opening, 'a command')
  const where = `integrations.${integration}.dependencies.${name}`
  const programs = await services.programs()
  const program = await programs.lease({ name, where, config, signal })
  closers.add(`the dependency ${name}`, () => program.release())
  const { link, host, port } = await openWay(opening, program)
  const { renew } = program
  return {
    ...(link === undefined ? {} : { link }),
    values: prefixed(name, { url: `http://${host}:${port}`, host, port: String(port) }),
    madeOf: `${config.command.join(' ')}, ${config.reset === undefined ? 'a process for each testbed' : 'a process that is reset between'}`,
    failure: () => program.failure(),
    ...(renew === undefined ? {} : renewedBehind(link, 'all', renew)),
  }
}

const openContainer = async (
  config: ContainerConfig,
  opening: Opening,
): Promise<OpenDependency> => {
  const { name, integration, services, closers, inherited, signal } = opening
  const containers = await services.containers()
  const { startContainer } = await import('../containers/start-container.ts')
  const where = `integrations.${integration}.dependencies.${name}`
  const environment = configuredEnvironment(config.environment, {
    values: {},
    inherited,
    where: `${where}.environment`,
  })
  const started = await startContainer(containers, { name, where, config, environment, signal })
  closers.add(`the container ${name}`, () => started.stop())
  const { link, host, port } = await openWay(opening, started)
  return {
    ...(link === undefined ? {} : { link }),
    values: prefixed(name, { url: `http://${host}:${port}`, host, port: String(port) }),
    log: () => started.log(),
    madeOf: `container ${config.image}`,
    failure: () => started.failure(),
  }
}

/**
 * Opens one dependency of a testbed. What was opened stands in `closers`, also where the rest fails.
 *
 * Throws `Blocked` where what it is made of cannot be had.
 */
export const openDependency = (
  config: DependencyConfig,
  opening: Opening,
): Promise<OpenDependency> => {
  if (config.type === 'postgres') return openDatabase(config, opening)
  if (config.type === 'wiremock') return openStub(config, opening)
  if (config.type === 'redis') return openRedis(opening)
  if (config.type === 'rabbitmq') return openRabbitmq(opening)
  if (config.type === 'command') return openProgram(config, opening)
  return openContainer(config, opening)
}
