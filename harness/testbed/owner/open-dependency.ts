import type {
  ContainerConfig,
  DependencyConfig,
  PostgresConfig,
  WiremockConfig,
} from '../../config/schema.ts'
import { configuredEnvironment } from '../provider/environment.ts'
import { ServerEnded } from '../database/admin.ts'
import type { LinkAddress } from '../engine/engine.ts'
import { openLink, type LinkProxy } from '../link/link.ts'
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
  /** What it printed, for one that is this testbed's alone. */
  readonly log?: () => readonly string[]
  /** `PostgreSQL 17.10, a process`. */
  readonly madeOf: string
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
  /** How the provider reaches links; `none`: it finds dependencies beside it on their engine. */
  readonly links: LinkAddress | 'none'
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
  if (links === 'none') return inside ?? { host, port }
  const link = await openLink({ name, target: { host, port }, listen: links.listen })
  closers.add(`the link to ${name}`, () => link.close())
  return { host: links.host, port: link.port, link }
}

const prefixed = (
  name: string,
  values: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [`${name}.${key}`, value]))

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
    madeOf: `${servers.versionText}, ${servers.madeOf}`,
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
  return config.type === 'wiremock' ? openStub(config, opening) : openContainer(config, opening)
}
