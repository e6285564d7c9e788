import type { PlaceholderValues } from '../../config/placeholders.ts'
import type { ProviderConfig } from '../../config/schema.ts'
import { Blocked, UserError } from '../../model/user-error.ts'
import { startProvider, type RunningProvider } from '../provider/start-provider.ts'
import type { RestartOptions } from '../testbed.ts'
import type { TestbedRequest, Workshop } from './workshop.ts'

/** The provider of one testbed, over all its restarts. */
export interface OpenProvider {
  /** The same after a restart. */
  readonly url: string
  /** Absent for one that is given by its address. */
  readonly port?: number
  readonly madeOf: string
  /** Of all its lives, oldest first. */
  log(): readonly string[]
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
  { integration, config, changes, signal }: TestbedRequest,
  { root, custody, inherited }: Workshop,
  values: PlaceholderValues,
): Promise<OpenProvider> => {
  const { start } = config.provider
  if ('url' in start) return byAddress(integration, start.url)
  const { command } = start
  const closed = new AbortController()
  let inForce = changes
  let without: readonly string[] = []
  const run = (port?: number): Promise<RunningProvider> =>
    startProvider(custody, command, {
      integration,
      config: lacking(config.provider, without),
      root,
      values,
      inherited,
      changes: inForce,
      signal: AbortSignal.any([signal, closed.signal]),
      ...(port === undefined ? {} : { port }),
    })

  const first = await run()
  const { url, port } = first
  const earlier: string[] = []
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
    earlier.push(...current.log())
    current = undefined
  }

  return {
    url,
    port,
    madeOf: command.join(' '),
    log: () => [...earlier, ...(current?.log() ?? [])],
    restart: (more, options = {}) =>
      next(async () => {
        if (closed.signal.aborted) throw new Blocked({ problem: 'The testbed is closed.' })
        await stop()
        const before =
          options.afresh === true ? { changes, without: [] } : { changes: inForce, without }
        without = [...before.without, ...(options.without ?? [])]
        inForce = { ...omit(before.changes, without), ...more }
        try {
          current = await run(port)
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
