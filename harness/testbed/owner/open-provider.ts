import type { PlaceholderValues } from '../../config/placeholders.ts'
import type { ProviderConfig } from '../../config/schema.ts'
import { Blocked, UserError } from '../../model/user-error.ts'
import { settle } from '../provider/settle.ts'
import { startProvider, type RunningProvider } from '../provider/start-provider.ts'
import { sourceText, wayToStart } from '../provider/way-to-start.ts'
import type { Swap } from '../swap.ts'
import type { RestartOptions } from '../testbed.ts'
import type { TestbedRequest, Workshop } from './workshop.ts'

/** The provider of one testbed, over all its restarts. */
export interface OpenProvider {
  /** The same after a restart. */
  readonly url: string
  /** Absent for one that is given by its address. */
  readonly port?: number
  readonly madeOf: string
  /** How long its first start took; absent for one that is given by its address. */
  readonly startMilliseconds?: number
  /** Of all its lives since it was opened or `forget` was called, oldest first. */
  log(): readonly string[]
  /** Lets the log start anew. */
  forget(): void
  /** Whether it has not ended by itself; of one given by its address nobody knows. */
  running(): boolean
  /** Whether another case may have it: it is ours, runs, and was never started anew. */
  usable(): boolean
  /** Whether it is ready at this moment. */
  ready(): Promise<boolean>
  /** Waits until it is ready on swapped dependencies. Throws as `settle` does. */
  settle(swaps: readonly Swap[], signal: AbortSignal): Promise<void>
  /** Throws `Blocked` where it does not get ready again, a `UserError` where it is not ours. */
  restart(changes: Readonly<Record<string, string>>, options?: RestartOptions): Promise<void>
  /** Ends it at once. Throws a `UserError` where it is not ours. */
  kill(): Promise<void>
  close(): Promise<void>
}

const byAddress = (integration: string, url: string): OpenProvider => {
  const notOurs = (what: string): Promise<never> =>
    Promise.reject(
      new UserError({
        problem: `The provider of "${integration}" is given by its url, so it cannot be ${what}.`,
        fix: `give integrations.${integration}.provider.start a command`,
      }),
    )
  return {
    url: url.replace(/\/+$/, ''),
    madeOf: 'what runs at its address',
    log: () => [],
    forget: () => {},
    running: () => true,
    usable: () => false,
    ready: () => Promise.resolve(true),
    settle: () => Promise.resolve(),
    restart: () => notOurs('started again'),
    kill: () => notOurs('ended'),
    close: () => Promise.resolve(),
  }
}

const omit = <Value>(
  settings: Readonly<Record<string, Value>>,
  names: readonly string[],
): Readonly<Record<string, Value>> =>
  Object.fromEntries(Object.entries(settings).filter(([name]) => !names.includes(name)))

const lacking = (config: ProviderConfig, without: readonly string[]): ProviderConfig => ({
  ...config,
  environment: omit(config.environment ?? {}, without),
})

/**
 * Starts the provider of a testbed, or takes the one that runs at the configured address.
 *
 * Throws as `startProvider` does.
 */
export const openProvider = async (
  { id, integration, config, changes, signal }: TestbedRequest,
  { root, custody, services, inherited }: Workshop,
  values: PlaceholderValues,
): Promise<OpenProvider> => {
  const { start } = config.provider
  if ('url' in start) return byAddress(integration, start.url)
  const way = wayToStart(start, services.startsProvidersIn)
  const closed = new AbortController()
  let inForce = changes
  let without: readonly string[] = []
  const run = async (until: AbortSignal, port?: number): Promise<RunningProvider> => {
    const options = {
      testbed: id,
      integration,
      config: lacking(config.provider, without),
      values,
      inherited,
      changes: inForce,
      signal: until,
      ...(port === undefined ? {} : { port }),
    }
    if ('command' in way) return startProvider(custody, way.command, { ...options, root })
    const containers = await services.containers()
    const { startProviderContainer } = await import('../containers/start-provider-container.ts')
    return startProviderContainer(containers, { ...options, source: way })
  }

  const first = await run(signal)
  const { url, port } = first
  const earlier: string[] = []
  let from = 0
  let current: RunningProvider | undefined = first
  /** One thing after another: a restart that is under way when the testbed closes is waited for. */
  let last: Promise<void> = Promise.resolve()
  const next = (step: () => Promise<void>): Promise<void> => {
    const done = last.then(step)
    last = done.catch(() => {})
    return done
  }
  const stop = async (graceMilliseconds?: number): Promise<void> => {
    if (current === undefined) return
    await current.stop(graceMilliseconds)
    earlier.push(...current.log(from))
    from = 0
    current = undefined
  }

  return {
    url,
    port,
    madeOf: 'command' in way ? way.command.join(' ') : sourceText(way),
    startMilliseconds: first.startMilliseconds,
    log: () => [...earlier, ...(current?.log(from) ?? [])],
    forget: () => {
      earlier.length = 0
      from = current?.lineCount() ?? 0
    },
    running: () => current?.ended() === false,
    // With the config's own settings in its first life: what a restart changed is no longer known.
    usable: () => current === first && !first.ended() && Object.keys(changes).length === 0,
    ready: async () => 'host' in (await first.look()),
    settle: (swaps, until) => settle(first, swaps, AbortSignal.any([until, closed.signal])),
    restart: (more, options = {}) =>
      next(async () => {
        if (closed.signal.aborted) throw new Blocked({ problem: 'The testbed is closed.' })
        await stop()
        const before =
          options.afresh === true ? { changes, without: [] } : { changes: inForce, without }
        without = [...before.without, ...(options.without ?? [])]
        inForce = { ...omit(before.changes, without), ...more }
        try {
          // Whoever asked for the first start may be gone by now.
          current = await run(closed.signal, port)
        } catch (error) {
          // Why it did not start stands in its log, as that of any other life.
          if (error instanceof Blocked) earlier.push(...(error.parts.log ?? '').split('\n'))
          throw error
        }
      }),
    kill: () => next(() => stop(0)),
    close: () => {
      closed.abort()
      return next(() => stop())
    },
  }
}
