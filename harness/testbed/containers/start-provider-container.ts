import type { PlaceholderValues } from '../../config/placeholders.ts'
import type { ProviderConfig } from '../../config/schema.ts'
import { UserError } from '../../model/user-error.ts'
import { configuredEnvironment } from '../provider/environment.ts'
import type { RunningProvider } from '../provider/start-provider.ts'
import { lookReady, waitReady } from '../provider/wait-ready.ts'
import type { ImageSource } from '../provider/way-to-start.ts'
import type { Containers } from './containers.ts'
import type { ImageFacts } from './images.ts'
import { lookAtContainer } from './look-at-container.ts'

/** A provider is thrown away with its testbed: long enough to end in order, not to drain. */
const graceMilliseconds = 1000

/** What one start of a provider in a container is made with. */
export interface ProviderContainerStart {
  readonly integration: string
  readonly config: ProviderConfig
  readonly source: ImageSource
  /** What fills its placeholders, all but the port. */
  readonly values: PlaceholderValues
  /** Where secrets come from. */
  readonly inherited: Readonly<Record<string, string | undefined>>
  readonly changes: Readonly<Record<string, string>>
  /** The port to publish on; absent: any that is free. */
  readonly port?: number
  readonly signal: AbortSignal
}

const portOf = ({ ports }: ImageFacts, { start }: ProviderConfig, where: string): number => {
  const given = 'port' in start ? start.port : undefined
  if (given !== undefined) return given
  const [only, ...others] = ports
  if (only !== undefined && others.length === 0) return only
  throw new UserError({
    problem:
      only === undefined
        ? `Which port the provider listens on is not known: ${where}.start has no port, and the image exposes none.`
        : `Which port the provider listens on is not clear: the image exposes ${ports.join(', ')}.`,
    expected: 'one port in its container that answers HTTP',
    fix: `add port to ${where}.start`,
  })
}

/**
 * Starts a provider in a container and waits until it is ready.
 *
 * Throws as `startProvider` does, and `Blocked` where the image cannot be had or built.
 */
export const startProviderContainer = async (
  containers: Containers,
  { integration, config, source, inherited, changes, signal, ...start }: ProviderContainerStart,
): Promise<RunningProvider> => {
  const where = `integrations.${integration}.provider`
  const title = `The provider "${config.name ?? integration}"`
  const facts =
    'image' in source
      ? await containers.image(source.image)
      : await containers.build({ where: `${where}.start.build`, folder: source.build })
  const inner = portOf(facts, config, where)
  const environment = configuredEnvironment(config.environment, {
    values: { ...start.values, port: String(inner) },
    inherited,
    changes,
    where: `${where}.environment`,
  })
  signal.throwIfAborted()
  const begun = performance.now()
  const owned = await containers.run({
    title,
    image: 'image' in source ? source.image : facts.id,
    port: inner,
    environment,
    ...(start.port === undefined ? {} : { publishedPort: start.port }),
  })
  const { host, port } = owned
  const ready = config.ready ?? { port: true }
  const look = lookAtContainer(owned, containers.engine.bridged)
  let ended = false
  void owned.exited.then(() => {
    ended = true
    return ended
  })
  try {
    await waitReady(owned, {
      title,
      port,
      host,
      ready,
      signal,
      look,
    })
    return {
      url: `http://${host}:${port}`,
      port,
      startMilliseconds: performance.now() - begun,
      log: (from) => owned.log(from),
      lineCount: () => owned.lineCount(),
      look: () => lookReady(ready, owned, look),
      ended: () => ended,
      stop: (grace = graceMilliseconds) => owned.stop(grace),
    }
  } catch (error) {
    await owned.stop()
    throw error
  }
}
