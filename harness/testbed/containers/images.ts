import { ImageName, type ContainerRuntimeClient } from 'testcontainers'
import { Blocked } from '../../model/user-error.ts'
import type { EngineAddress } from '../engine/address.ts'
import { askEngine, engineMessage } from '../engine/ask-engine.ts'

/** What is known of an image that is on the engine. */
export interface ImageFacts {
  /** Names just this image, whatever becomes of its tag. */
  readonly id: string
  /** The ports that it says it listens on, TCP only. */
  readonly ports: readonly number[]
}

const withinMilliseconds = 10_000
const pullMinutes = 10

/** What an image on the engine says of itself, or `undefined` where there is none of that name. */
export const lookUpImage = async (
  address: EngineAddress,
  name: string,
): Promise<ImageFacts | undefined> => {
  const path = `/images/${name}/json`
  const answer = await askEngine(address, { path, withinMilliseconds })
  if (answer.status === 404) return undefined
  if (answer.status !== 200)
    throw new Blocked({
      problem: `The engine does not say what the image ${name} is: ${engineMessage(answer)}.`,
      fix: 'correct the name of the image',
    })
  const { Id, Config } = JSON.parse(answer.text) as {
    readonly Id: string
    readonly Config?: { readonly ExposedPorts?: Readonly<Record<string, unknown>> | null }
  }
  const ports = Object.keys(Config?.ExposedPorts ?? {}).filter((port) => !port.endsWith('/udp'))
  return { id: Id, ports: ports.map((port) => Number.parseInt(port, 10)) }
}

const notHad = (name: string, reason: string): Blocked =>
  new Blocked({
    problem: `The image ${name} is not on the engine, and ${reason}.`,
    fix: `correct its name, or see why "docker pull ${name}" fails`,
  })

const pull = async (client: ContainerRuntimeClient, name: string): Promise<void> => {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(
    () => reject(new Error(`was not there after ${pullMinutes} minutes`)),
    pullMinutes * 60_000,
  )
  try {
    await Promise.race([client.image.pull(ImageName.fromString(name)), late])
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw notHad(name, `could not be pulled: ${reason}`)
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Makes sure that an image is on the engine; only one that is missing is pulled, and none where
 * `mayPull` is false.
 *
 * Throws `Blocked` where it cannot be had.
 */
export const haveImage = async (
  { address, client }: { readonly address: EngineAddress; readonly client: ContainerRuntimeClient },
  name: string,
  mayPull: boolean,
): Promise<ImageFacts> => {
  const there = await lookUpImage(address, name)
  if (there !== undefined) return there
  if (!mayPull) throw notHad(name, 'PROOFBOOK_PULL=never says that none is pulled')
  await pull(client, name)
  const pulled = await lookUpImage(address, name)
  // A registry that cannot be reached ends the pull without an error.
  if (pulled === undefined) throw notHad(name, 'could not be pulled')
  return pulled
}
