import type { ContainerConfig } from '../../config/schema.ts'
import { Blocked } from '../../model/user-error.ts'
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

/** A container that is ready. */
export interface RunningContainer extends OwnedContainer {
  /** Why it cannot be used any more, if it ended while nobody asked for it. */
  failure(): Blocked | undefined
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
): Promise<RunningContainer> => {
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
    let failure: Blocked | undefined
    let closing = false
    void owned.exited.then((exit) => {
      if (closing) return undefined
      failure = new Blocked({
        problem: `${title} ended while it was needed (${exit.signal ?? `exit status ${exit.code ?? 'unknown'}`}).`,
        fix: 'read its log, which follows',
        log: owned.log().slice(-20).join('\n'),
      })
      return failure
    })
    return {
      ...owned,
      failure: () => failure,
      stop: (graceMilliseconds) => {
        closing = true
        return owned.stop(graceMilliseconds)
      },
    }
  } catch (error) {
    await owned.stop()
    throw error
  }
}
