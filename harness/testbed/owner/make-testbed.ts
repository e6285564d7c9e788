import { fillPlaceholders, placeholderNames } from '../../config/placeholders.ts'
import type { LinkProxy } from '../link/link.ts'
import { basicEnvironment, providerEnvironment } from '../provider/environment.ts'
import type { RestartOptions, TestbedDescription } from '../testbed.ts'
import { openClosers, type Closers } from './closers.ts'
import { openDependency, type OpenDependency } from './open-dependency.ts'
import { openProvider, type OpenProvider } from './open-provider.ts'
import type { TestbedRequest, Workshop } from './workshop.ts'

/** A testbed as its owner holds it. */
export interface LiveTestbed {
  readonly description: TestbedDescription
  /** By the name of the dependency. */
  readonly links: ReadonlyMap<string, LinkProxy>
  log(): readonly string[]
  restartProvider(
    changes: Readonly<Record<string, string>>,
    options?: RestartOptions,
  ): Promise<void>
  killProvider(): Promise<void>
  /** Closes all of it in reverse. Never rejects: what went wrong is in the result. */
  close(): Promise<readonly Error[]>
}

/** Mistakes in the config are told before anything is started for them. */
const checkConfig = (
  { integration, config, changes }: TestbedRequest,
  workshop: Workshop,
): void => {
  const where = `integrations.${integration}.provider`
  const values = Object.fromEntries(placeholderNames(config.dependencies).map((name) => [name, '']))
  const { start, environment } = config.provider
  if (!('command' in start)) return
  start.command.forEach((part, index) =>
    fillPlaceholders(part, values, `${where}.start.command[${index}]`),
  )
  const { inherited } = workshop
  providerEnvironment(environment, { values, inherited, changes, where: `${where}.environment` })
}

/** Opens all dependencies at once; waits for each of them, so that none is left half open. */
const openDependencies = async (
  { id, config }: TestbedRequest,
  { services, root, inherited }: Workshop,
  closers: Closers,
): Promise<ReadonlyMap<string, OpenDependency>> => {
  const names = Object.entries(config.dependencies ?? {})
  const environment = basicEnvironment(inherited)
  const opened = await Promise.allSettled(
    names.map(async ([name, dependency]): Promise<[string, OpenDependency]> => [
      name,
      await openDependency(dependency, { testbed: id, name, services, closers, root, environment }),
    ]),
  )
  const failure = opened.find((result) => result.status === 'rejected')
  if (failure !== undefined) throw failure.reason
  return new Map(opened.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])))
}

const collected = <Value>(
  dependencies: ReadonlyMap<string, OpenDependency>,
  pick: (dependency: OpenDependency) => Value | undefined,
): Readonly<Record<string, Value>> =>
  Object.fromEntries(
    [...dependencies].flatMap(([name, dependency]) => {
      const value = pick(dependency)
      return value === undefined ? [] : [[name, value]]
    }),
  )

const describe = (
  { id, integration, config }: TestbedRequest,
  dependencies: ReadonlyMap<string, OpenDependency>,
  values: Readonly<Record<string, string>>,
  provider: Pick<OpenProvider, 'url' | 'port' | 'madeOf'>,
): TestbedDescription => ({
  id,
  integration,
  providerUrl: provider.url,
  values: provider.port === undefined ? values : { ...values, port: String(provider.port) },
  databases: collected(dependencies, ({ databaseUrl }) => databaseUrl),
  stubs: collected(dependencies, ({ stubUrl }) => stubUrl),
  links: [...dependencies.keys()],
  madeOf: [
    `provider ${config.provider.name ?? integration}: ${provider.madeOf}`,
    ...[...dependencies].map(([name, { madeOf }]) => `${name}: ${madeOf}`),
  ],
})

/**
 * Makes one testbed: a database cloned and a stub leased for each dependency, a link in front of
 * each, and a provider started against the links. A provider that is given by its address alone gets
 * no dependencies: it has its own.
 *
 * Throws `Blocked` where something cannot be had or does not get ready, and a `UserError` for a
 * mistake in the config; what was opened until then is closed.
 */
export const makeTestbed = async (
  request: TestbedRequest,
  workshop: Workshop,
): Promise<LiveTestbed> => {
  checkConfig(request, workshop)
  const byAddress = 'url' in request.config.provider.start
  const closers = openClosers()
  try {
    const dependencies = byAddress
      ? new Map<string, OpenDependency>()
      : await openDependencies(request, workshop, closers)
    request.signal.throwIfAborted()
    const values = Object.assign({}, ...[...dependencies.values()].map((one) => one.values))
    const provider = await openProvider(request, workshop, values)
    closers.add('the provider', () => provider.close())
    return {
      description: describe(request, dependencies, values, provider),
      links: new Map([...dependencies].map(([name, { link }]) => [name, link])),
      log: () => provider.log(),
      restartProvider: (changes, options) => provider.restart(changes, options),
      killProvider: () => provider.kill(),
      close: () => closers.close(),
    }
  } catch (error) {
    await closers.close()
    throw error
  }
}
