import { setTimeout as after } from 'node:timers/promises'
import { Blocked } from '../../model/user-error.ts'
import type { OpenCustody } from '../custody/open-custody.ts'
import { askEngine, engineFailure } from '../engine/ask-engine.ts'
import type { Engine } from '../engine/engine.ts'
import { buildImage, type Build } from './build-image.ts'
import { haveImage, type ImageFacts } from './images.ts'
import type { ContainerOptions, OwnedContainer } from './owned-container.ts'
import { runContainer } from './run-container.ts'
import { openTestcontainers } from './testcontainers.ts'

/** The containers of a run. */
export interface Containers {
  readonly engine: Engine
  /** An image, pulled where it is missing. Throws `Blocked` where it cannot be had. */
  image(name: string): Promise<ImageFacts>
  /** The image of a folder, built once a run. Throws as `buildImage` does. */
  build(build: Build): Promise<ImageFacts>
  /** Starts one, once its image is there. Throws as `runContainer` does. */
  run(options: ContainerOptions): Promise<OwnedContainer>
}

/** What containers are opened with. */
export interface ContainersOptions {
  readonly root: string
  readonly engine: Engine
  /** Of the command line tool that builds images. */
  readonly environment: Readonly<Record<string, string>>
  /** Whether an image that is missing may be pulled. */
  readonly mayPull: boolean
}

/** What keeps custody of containers. */
export type ContainerCustody = Pick<OpenCustody, 'runId' | 'folder' | 'spawn' | 'registerEngine'>

const backWithinMilliseconds = 30_000
const againMilliseconds = 100

/**
 * Waits for an engine that is away for some seconds, since it is restarted: what comes later need not
 * be lost too. One that stays away is waited for once, and not again by each testbed.
 */
const waitingFor = ({ address, uri }: Engine): (() => Promise<void>) => {
  let givenUp = false
  return async () => {
    const deadline = performance.now() + backWithinMilliseconds
    for (;;)
      try {
        await askEngine(address, { path: '/_ping', withinMilliseconds: 2000 })
        givenUp = false
        return
      } catch (error) {
        givenUp ||= performance.now() >= deadline
        if (givenUp)
          throw new Blocked({
            problem: `The container engine at ${uri} went away and was not back within ${backWithinMilliseconds / 1000} s: ${engineFailure(error)}.`,
            fix: 'start it again',
          })
        await after(againMilliseconds)
      }
  }
}

/**
 * Opens the containers of a run on an engine. From now on the reaper looks for some there.
 *
 * Throws `Blocked` where Testcontainers does not get along with the engine.
 */
export const openContainers = async (
  custody: ContainerCustody,
  { root, engine, environment, mayPull }: ContainersOptions,
): Promise<Containers> => {
  custody.registerEngine(engine.address)
  const client = await openTestcontainers(engine)
  const { runId } = custody
  const untilItAnswers = waitingFor(engine)
  const had = new Map<string, Promise<ImageFacts>>()

  /** Does a thing once, however many testbeds ask for it; what failed is tried again. */
  const once = (key: string, get: () => Promise<ImageFacts>): Promise<ImageFacts> => {
    const known = had.get(key)
    if (known !== undefined) return known
    const getting = get()
    had.set(key, getting)
    getting.catch(() => had.delete(key))
    return getting
  }
  const image = (name: string): Promise<ImageFacts> =>
    once(`image ${name}`, async () => {
      await untilItAnswers()
      return haveImage({ address: engine.address, client }, name, mayPull)
    })

  return {
    engine,
    image,
    build: (build) =>
      once(`build ${build.folder}`, () =>
        buildImage({ custody, engine, root, environment }, build),
      ),
    run: async (options) => {
      await image(options.image)
      await untilItAnswers()
      return runContainer({ engine, client, runId }, options)
    },
  }
}
