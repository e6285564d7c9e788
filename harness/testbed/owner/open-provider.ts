import type { PlaceholderValues } from '../../config/placeholders.ts'
import { Blocked, UserError } from '../../model/user-error.ts'
import { startProvider, type RunningProvider } from '../provider/start-provider.ts'
import { sourceText, wayToStart } from '../provider/way-to-start.ts'
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
  restart(changes: Readonly<Record<string, string>>): Promise<void>
  close(): Promise<void>
}

const byAddress = (integration: string, url: string): OpenProvider => ({
  url: url.replace(/\/+$/, ''),
  madeOf: 'what runs at its address',
  log: () => [],
  restart: () =>
    Promise.reject(
      new UserError({
        problem: `The provider of "${integration}" is given by its url, so it cannot be started again.`,
        fix: `give integrations.${integration}.provider.start a command`,
      }),
    ),
  close: () => Promise.resolve(),
})

/**
 * Starts the provider of a testbed, or takes the one that runs at the configured address.
 *
 * Throws as `startProvider` does.
 */
export const openProvider = async (
  { integration, config, changes, signal }: TestbedRequest,
  { root, custody, services, inherited }: Workshop,
  values: PlaceholderValues,
): Promise<OpenProvider> => {
  const { start } = config.provider
  if ('url' in start) return byAddress(integration, start.url)
  const way = wayToStart(start, services.startsProvidersIn)
  const closed = new AbortController()
  let inForce = changes
  const run = async (port?: number): Promise<RunningProvider> => {
    const options = {
      integration,
      config: config.provider,
      values,
      inherited,
      changes: inForce,
      signal: AbortSignal.any([signal, closed.signal]),
      ...(port === undefined ? {} : { port }),
    }
    if ('command' in way) return startProvider(custody, way.command, { ...options, root })
    const containers = await services.containers()
    const { startProviderContainer } = await import('../containers/start-provider-container.ts')
    return startProviderContainer(containers, { ...options, source: way })
  }

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
  const stop = async (): Promise<void> => {
    if (current === undefined) return
    await current.stop()
    earlier.push(...current.log())
    current = undefined
  }

  return {
    url,
    port,
    madeOf: 'command' in way ? way.command.join(' ') : sourceText(way),
    log: () => [...earlier, ...(current?.log() ?? [])],
    restart: (more) =>
      next(async () => {
        if (closed.signal.aborted) throw new Blocked({ problem: 'The testbed is closed.' })
        await stop()
        inForce = { ...inForce, ...more }
        current = await run(port)
      }),
    close: () => {
      closed.abort()
      return next(stop)
    },
  }
}
