import type { ContainerConfig } from '../../config/schema.ts'
import { waitReady } from '../provider/wait-ready.ts'
import type { Containers } from './containers.ts'
import { lookAtContainer } from './look-at-container.ts'
import type { OwnedContainer } from './owned-container.ts'

/** What a container that the config asks for is started with. */
export interface ContainerStart {
  readonly name: string
  /** The setting, for messages: `integrations.orders.dependencies.queue`. */
  readonly where: string
  readonly config: ContainerConfig
  readonly environment: Readonly<Record<string, string>>
  readonly signal: AbortSignal
}

/**
 * Starts a container that the config asks for, and waits until it is ready.
 *
 * Throws `Blocked` where the image cannot be had, it ends early or is not ready in time, with the last
 * lines of its log; it is gone by then.
 */
export const startContainer = async (
  containers: Containers,
  { name, where, config, environment, signal }: ContainerStart,
): Promise<OwnedContainer> => {
  const { image, port, command, ready = { port: true } } = config
  const title = `The container "${name}"`
  signal.throwIfAborted()
  const owned = await containers.run({
    title,
    image,
    port,
    environment,
    ...(command === undefined ? {} : { command }),
  })
  try {
    await waitReady(owned, {
      title,
      port: owned.port,
      host: owned.host,
      ready,
      signal,
      settings: where,
      look: lookAtContainer(owned, containers.engine.bridged),
    })
    return owned
  } catch (error) {
    await owned.stop()
    throw error
  }
}
