import type {
  CommandConfig,
  DependencyConfig,
  PostgresConfig,
  WiremockConfig,
} from '../../config/schema.ts'
import type { Blocked } from '../../model/user-error.ts'
import type { StubReport } from '../../model/evidence.ts'
import { openLink, type LinkProxy } from '../link/link.ts'
import type { Swap } from '../swap.ts'
import type { Closers } from './closers.ts'
import type { Services } from './services.ts'

/** A dependency of one testbed: open, with a link in front of it. */
export interface OpenDependency {
  readonly link: LinkProxy
  /** What fills the provider's placeholders; all of it leads through the link. */
  readonly values: Readonly<Record<string, string>>
  /** Past the link, for a database. */
  readonly databaseUrl?: string
  /** Past the link, for a stub. */
  readonly stubUrl?: string
  readonly stubReport?: () => Promise<Omit<StubReport, 'name'>>
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
  /** What a migration gets beside the database's address. */
  readonly environment: Readonly<Record<string, string>>
  readonly integration: string
  readonly signal: AbortSignal
}

const linked = async (
  { name, closers }: Opening,
  target: { readonly host: string; readonly port: number },
): Promise<LinkProxy> => {
  const link = await openLink({ name, target: { host: target.host, port: target.port } })
  closers.add(`the link to ${name}`, () => link.close())
  return link
}

const prefixed = (
  name: string,
  values: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [`${name}.${key}`, value]))

/** Ends connections through a link, and holds new ones until the swap is opened. */
const swapBehind = async (
  link: LinkProxy,
  which: 'all' | 'in flight',
  swap: () => Promise<void>,
): Promise<Swap> => {
  const open = link.hold()
  const { left, gone } = link.dismissConnections(which)
  try {
    await swap()
  } catch (error) {
    open()
    throw error
  }
  return { left, gone, waiting: () => link.waiting(), open }
}

const openDatabase = async (config: PostgresConfig, opening: Opening): Promise<OpenDependency> => {
  const { name, testbed, services, closers, root, environment } = opening
  const server = await services.postgres(config.version)
  const template = await server.template(config, { root, environment })
  const clone = await server.clone(template, `${testbed}_${name}`.replaceAll('-', '_'))
  closers.add(`the database ${name}`, () => server.drop(clone.name))
  const link = await linked(opening, clone)
  const past = `${clone.host}:${clone.port}`
  const through = `${link.host}:${link.port}`
  return {
    link,
    values: prefixed(name, {
      url: clone.url.replace(past, through),
      jdbcUrl: clone.jdbcUrl.replace(past, through),
      host: link.host,
      port: String(link.port),
      name: clone.name,
      user: clone.user,
      password: clone.password,
    }),
    databaseUrl: clone.url,
    madeOf: `${server.versionText}, a process`,
    renew: () =>
      swapBehind(link, 'all', async () => {
        const latest = await server.template(config, { root, environment })
        await server.drop(clone.name)
        await server.clone(latest, clone.name)
      }),
    failure: () => server.failure(),
  }
}

const openStub = async (config: WiremockConfig, opening: Opening): Promise<OpenDependency> => {
  const { name, services, closers } = opening
  const servers = await services.stubs()
  const stub = await servers.lease(config)
  closers.add(`the stub ${name}`, () => stub.release())
  const link = await linked(opening, stub)
  const { host, port } = link
  return {
    link,
    values: prefixed(name, { url: `http://${host}:${port}`, host, port: String(port) }),
    stubUrl: stub.url,
    stubReport: () => stub.report(),
    madeOf: `${servers.versionText}, a stub`,
    // The same server, emptied: connections that nobody waits on stay good.
    renew: () => swapBehind(link, 'in flight', () => stub.renew()),
    failure: () => stub.failure(),
  }
}

const openRedis = async (opening: Opening): Promise<OpenDependency> => {
  const { name, services, closers } = opening
  const servers = await services.redis()
  const redis = await servers.lease()
  closers.add(`the Redis ${name}`, () => redis.release())
  const link = await linked(opening, redis)
  const { host, port } = link
  return {
    link,
    values: prefixed(name, { url: `redis://${host}:${port}`, host, port: String(port) }),
    madeOf: `${redis.versionText}, a process`,
    renew: () => swapBehind(link, 'all', () => redis.renew()),
    failure: () => redis.failure(),
  }
}

const openRabbitmq = async (opening: Opening): Promise<OpenDependency> => {
  const { name, testbed, services, closers } = opening
  const server = await services.rabbitmq()
  const { name: vhost, user, password } = await server.create(`${testbed}-${name}`)
  closers.add(`the virtual host ${name}`, () => server.drop(vhost))
  const link = await linked(opening, server)
  const { host, port } = link
  return {
    link,
    values: prefixed(name, {
      url: `amqp://${user}:${password}@${host}:${port}/${vhost}`,
      host,
      port: String(port),
      vhost,
      user,
      password,
    }),
    madeOf: `${server.versionText}, a virtual host`,
    renew: () => swapBehind(link, 'all', () => server.renew(vhost)),
    failure: () => server.failure(),
  }
}

const openProgram = async (config: CommandConfig, opening: Opening): Promise<OpenDependency> => {
  const { name, integration, services, closers, signal } = opening
  const where = `integrations.${integration}.dependencies.${name}`
  const programs = await services.programs()
  const program = await programs.lease({ name, where, config, signal })
  closers.add(`the dependency ${name}`, () => program.release())
  const link = await linked(opening, program)
  const { host, port } = link
  const { renew } = program
  return {
    link,
    values: prefixed(name, { url: `http://${host}:${port}`, host, port: String(port) }),
    madeOf: `${config.command.join(' ')}, ${config.reset === undefined ? 'a process for each testbed' : 'a process that is reset between'}`,
    failure: () => program.failure(),
    ...(renew === undefined ? {} : { renew: () => swapBehind(link, 'all', renew) }),
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
  return openProgram(config, opening)
}
