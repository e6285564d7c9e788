import { getContainerRuntimeClient, getReaper, type ContainerRuntimeClient } from 'testcontainers'
import { Blocked } from '../../model/user-error.ts'
import type { Engine } from '../engine/engine.ts'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * What Testcontainers is told: which engine, where its ports are found, and that our own reaper ends
 * containers, unless the person has named an image for its reaper. Pure.
 */
export const testcontainersSettings = (
  { uri, host }: Pick<Engine, 'uri' | 'host'>,
  environment: Environment,
): Readonly<Record<string, string>> => ({
  DOCKER_HOST: uri,
  ...(environment['TESTCONTAINERS_HOST_OVERRIDE'] === undefined
    ? { TESTCONTAINERS_HOST_OVERRIDE: host }
    : {}),
  ...(environment['RYUK_CONTAINER_IMAGE'] === undefined &&
  environment['TESTCONTAINERS_RYUK_DISABLED'] === undefined
    ? { TESTCONTAINERS_RYUK_DISABLED: 'true' }
    : {}),
})

/**
 * Has Testcontainers take the engine that we found. It reads its settings from the process'
 * environment, once; afterwards that is as it was.
 *
 * Throws `Blocked` where it does not get along with the engine.
 */
export const openTestcontainers = async (engine: Engine): Promise<ContainerRuntimeClient> => {
  const settings = testcontainersSettings(engine, process.env)
  const before = Object.keys(settings).map((name) => [name, process.env[name]] as const)
  Object.assign(process.env, settings)
  try {
    const client = await getContainerRuntimeClient()
    await getReaper(client)
    return client
  } catch (error) {
    throw new Blocked({
      problem: `Testcontainers cannot use the engine at ${engine.uri}: ${error instanceof Error ? error.message : String(error)}.`,
      fix: 'set DEBUG=testcontainers* to see what it tries',
    })
  } finally {
    for (const [name, value] of before)
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
  }
}
