import { fillPlaceholders, placeholderNames } from '../../config/placeholders.ts'
import type { Blocked } from '../../model/user-error.ts'
import type { StubReport } from '../../model/evidence.ts'
import type { LinkProxy } from '../link/link.ts'
import type { LinkAddress } from '../engine/engine.ts'
import { basicEnvironment, providerEnvironment } from '../provider/environment.ts'
import { wayToStart } from '../provider/way-to-start.ts'
import type { Swap } from '../swap.ts'
import type { RestartOptions, TestbedDescription } from '../testbed.ts'
import { openClosers, type Closers } from './closers.ts'
import { explainFullDisk } from './full-disk.ts'
import { openDependency, type OpenDependency } from './open-dependency.ts'
import { openProvider, type OpenProvider } from './open-provider.ts'
import type { Reset } from './resets.ts'
import type { TestbedRequest, Workshop } from './workshop.ts'

/** A testbed as its owner holds it. */
export interface LiveTestbed {
  /** Of the case that has it now. */
  readonly description: TestbedDescription
  /** By the name of the dependency. */
  readonly links: ReadonlyMap<string, LinkProxy>
  log(): readonly string[]
  /** What its own dependencies printed, each line after the name of the dependency. */
  dependencyLog(): readonly string[]
  /** Of the stubs that saw something nobody planned. Never rejects. */
  stubReports(): Promise<readonly StubReport[]>
  restartProvider(
    changes: Readonly<Record<string, string>>,
    options?: RestartOptions,
  ): Promise<void>
  killProvider(): Promise<void>
  /** Why it is not whole any more: something in it ended that should not have. */
  failure(): Blocked | undefined
  /** Whether its provider has not ended by itself. */
  running(): boolean
  /** Whether it can be made fresh for another case while its provider runs on. */
  renewable(): boolean
  /**
   * Makes it fresh for another case, under a new id: toxics gone, databases cloned again, stubs
   * emptied, the log begun anew, and the provider ready on it all. Throws `Blocked` where its
   * provider does not recover, and what its dependencies cannot be had for; close it then.
   */
  renew(id: string, signal: AbortSignal): Promise<void>
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
  if ('url' in start) return
  if ('command' in start)
    start.command.forEach((part, index) =>
      fillPlaceholders(part, values, `${where}.start.command[${index}]`),
    )
  const { inherited } = workshop
  providerEnvironment(environment, { values, inherited, changes, where: `${where}.environment` })
}

/** Links for a provider that runs on this machine. */
const onLoopback: LinkAddress = { listen: '127.0.0.1', host: '127.0.0.1' }

/** How the provider reaches links, or why it reaches none. */
const linksFor = async (
  { config: { provider } }: TestbedRequest,
  { services }: Workshop,
): Promise<LinkAddress | { readonly blocked: string }> => {
  const { start } = provider
  if ('url' in start || 'command' in wayToStart(start, services.startsProvidersIn))
    return onLoopback
  return (await services.containers()).engine.links
}

/** Opens all dependencies at once; waits for each of them, so that none is left half open. */
const openDependencies = async (
  { id, integration, config, signal }: TestbedRequest,
  { services, root, inherited }: Workshop,
  closers: Closers,
  links: LinkAddress | { readonly blocked: string },
): Promise<ReadonlyMap<string, OpenDependency>> => {
  const names = Object.entries(config.dependencies ?? {})
  const environment = basicEnvironment(inherited)
  const shared = {
    testbed: id,
    integration,
    services,
    closers,
    root,
    environment,
    inherited,
    links,
    signal,
  }
  const opened = await Promise.allSettled(
    names.map(async ([name, dependency]): Promise<[string, OpenDependency]> => [
      name,
      await openDependency(dependency, { ...shared, name }),
    ]),
  )
  const failure = opened.find((result) => result.status === 'rejected')
  if (failure !== undefined) throw failure.reason
  return new Map(opened.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])))
}

/** Swaps all at once; waits for each of them, so that none is left half swapped. */
const swapAll = async (dependencies: readonly OpenDependency[]): Promise<readonly Swap[]> => {
  const swapped = await Promise.allSettled(dependencies.map(async ({ renew }) => renew?.()))
  const failure = swapped.find((result) => result.status === 'rejected')
  if (failure !== undefined) throw failure.reason
  return swapped.flatMap((result) =>
    result.status === 'fulfilled' && result.value !== undefined ? [result.value] : [],
  )
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

const resetWords: Readonly<Record<Reset, string>> = {
  process: ', a process for each case',
  database: ', one process for many cases, with a fresh database for each',
}

const describe = (
  id: string,
  { integration, config }: TestbedRequest,
  dependencies: ReadonlyMap<string, OpenDependency>,
  values: Readonly<Record<string, string>>,
  provider: Pick<OpenProvider, 'url' | 'port' | 'madeOf' | 'startMilliseconds'>,
  { reset, linksBlocked }: { readonly reset: Reset; readonly linksBlocked: string | undefined },
): TestbedDescription => ({
  id,
  integration,
  providerUrl: provider.url,
  values: provider.port === undefined ? values : { ...values, port: String(provider.port) },
  databases: collected(dependencies, ({ databaseUrl }) => databaseUrl),
  stubs: collected(dependencies, ({ stubUrl }) => stubUrl),
  links: Object.keys(collected(dependencies, ({ link }) => link)),
  ...(linksBlocked === undefined ? {} : { linksBlocked }),
  madeOf: [
    `provider ${config.provider.name ?? integration}: ${provider.madeOf}${provider.startMilliseconds === undefined ? '' : resetWords[reset]}`,
    ...[...dependencies].map(([name, { madeOf }]) => `${name}: ${madeOf}`),
  ],
})

const reportsOf = async (
  dependencies: ReadonlyMap<string, OpenDependency>,
): Promise<readonly StubReport[]> => {
  const reports = await Promise.all(
    [...dependencies].map(async ([name, { stubReport }]) => {
      // A stub that died is told by what needed it.
      const seen = await stubReport?.().catch(() => undefined)
      return seen === undefined ? [] : [{ name, ...seen }]
    }),
  )
  return reports.flat().filter(({ unmatched, unused }) => unmatched.length + unused.length > 0)
}

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
    const reach = byAddress ? onLoopback : await linksFor(request, workshop)
    const linksBlocked = 'blocked' in reach ? reach.blocked : undefined
    const dependencies = byAddress
      ? new Map<string, OpenDependency>()
      : await openDependencies(request, workshop, closers, reach)
    request.signal.throwIfAborted()
    const values = Object.assign({}, ...[...dependencies.values()].map((one) => one.values))
    const provider = await openProvider(request, workshop, values)
    closers.add('the provider', () => provider.close())
    const { integration, config } = request
    const { resets } = workshop
    if (provider.startMilliseconds !== undefined)
      resets.started(integration, provider.startMilliseconds)
    const links = new Map(Object.entries(collected(dependencies, ({ link }) => link)))
    const describeAs = (id: string): TestbedDescription =>
      describe(id, request, dependencies, values, provider, {
        // Behind no link, nothing can be swapped.
        reset: linksBlocked === undefined ? resets.of(integration, config) : 'process',
        linksBlocked,
      })
    let description = describeAs(request.id)
    return {
      get description() {
        return description
      },
      links,
      log: () => provider.log(),
      dependencyLog: () =>
        Object.entries(collected(dependencies, ({ log }) => log)).flatMap(([name, log]) =>
          log().map((line) => `[${name}] ${line}`),
        ),
      stubReports: () => reportsOf(dependencies),
      restartProvider: (changes, options) => provider.restart(changes, options),
      killProvider: () => provider.kill(),
      failure: () =>
        [...dependencies.values()].map((one) => one.failure?.()).find((one) => one !== undefined),
      running: () => provider.running(),
      renewable: () =>
        provider.usable() &&
        [...dependencies.values()].every(
          ({ renew, failure }) => renew !== undefined && failure?.() === undefined,
        ),
      renew: async (id, signal) => {
        await Promise.all([...links.values()].map((link) => link.reset()))
        // Else it would be the swap that is blamed for what the case did to it.
        if (!(await provider.ready())) throw new Error('the case left its provider unready')
        const swaps = await swapAll([...dependencies.values()])
        await provider.settle(swaps, signal)
        provider.forget()
        description = describeAs(id)
      },
      close: () => closers.close(),
    }
  } catch (error) {
    await closers.close()
    throw explainFullDisk(error, workshop.custody.folder)
  }
}
