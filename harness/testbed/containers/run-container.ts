import { setTimeout as after } from 'node:timers/promises'
import type { ContainerRuntimeClient, StartedTestContainer } from 'testcontainers'
import { Blocked } from '../../model/user-error.ts'
import type { Exit } from '../custody.ts'
import { lineLog } from '../custody/line-log.ts'
import { askEngine } from '../engine/ask-engine.ts'
import type { Engine } from '../engine/engine.ts'
import { removeContainer, runLabel } from '../engine/remove-containers.ts'
import { awaitExit } from './await-exit.ts'
import { LabelledContainer } from './labelled-container.ts'
import type { ContainerOptions, OwnedContainer } from './owned-container.ts'

/** With what containers of a run are started. */
export interface Harbour {
  readonly engine: Engine
  readonly client: ContainerRuntimeClient
  readonly runId: string
}

/** The end of a container is known a little before its last lines are. */
const lastLinesMilliseconds = 500

const configure = (container: LabelledContainer, options: ContainerOptions, engine: Engine) => {
  const { port, publishedPort, environment, command, inMemory, reuse } = options
  container
    .withExposedPorts(publishedPort === undefined ? port : { container: port, host: publishedPort })
    .withEnvironment({ ...environment })
  if (command !== undefined) container.withCommand([...command])
  if (inMemory !== undefined) container.withTmpFs({ [inMemory]: 'rw' })
  if ('host' in engine.links && engine.bridged)
    container.withExtraHosts([{ host: engine.links.host, ipAddress: 'host-gateway' }])
  if (reuse === true) container.withReuse()
  return container
}

/** Follows what a container prints; resolves, at the end or after a while, when all of it is in. */
const followLog = async (
  { client }: Harbour,
  id: string,
  log: ReturnType<typeof lineLog>,
): Promise<{ readonly complete: Promise<void> }> => {
  const stream = await client.container.logs(client.container.getById(id))
  log.follow(stream)
  const closed = new Promise<void>((resolve) => {
    stream.once('close', () => resolve())
  })
  return { complete: closed }
}

const couldNotStart = (options: ContainerOptions, error: unknown): Blocked =>
  new Blocked({
    problem: `${options.title} could not be started from the image ${options.image}: ${error instanceof Error ? error.message : String(error)}`,
    fix: 'correct the image or what it is started with',
  })

const addressInside = (started: StartedTestContainer): string => {
  const [network = 'bridge'] = started.getNetworkNames()
  return started.getIpAddress(network)
}

/**
 * Starts a container of a run and takes it into custody: whoever is killed, it ends. Readiness is
 * not waited for. The image must be on the engine already.
 *
 * Throws `Blocked` with what the engine says where it cannot be started, and with its exit code and
 * last lines where it ends at once; it is removed by then.
 */
export const runContainer = async (
  harbour: Harbour,
  options: ContainerOptions,
): Promise<OwnedContainer> => {
  const { engine, runId } = harbour
  const { address } = engine
  const reuse = options.reuse === true
  const log = lineLog()
  let id = ''
  const early = Promise.withResolvers<Exit>()
  const container = new LabelledContainer(options.image, {
    // One that is used again is looked up by a hash of all that it is made of, labels as well.
    labels: reuse ? { 'proofbook.reused': 'true' } : { [runLabel]: runId },
    publishOn: engine.publishOn,
    onCreated: (created) => {
      id = created
      void awaitExit(address, id).then(early.resolve)
      return Promise.resolve()
    },
  })
  const remove = async (): Promise<void> => {
    if (id !== '' && !reuse) await removeContainer(address, id)
  }

  const starting = configure(container, options, engine).start()
  starting.catch(() => {})
  let started: StartedTestContainer | Exit
  try {
    // Testcontainers looks for the ports of one that has ended for 10 s.
    started = await Promise.race([starting, early.promise])
  } catch (error) {
    await remove().catch(() => {})
    throw couldNotStart(options, error)
  }
  if ('code' in started) {
    const { complete } = await followLog(harbour, id, log)
    await Promise.race([complete, after(lastLinesMilliseconds)])
    await remove().catch(() => {})
    const how = started.code === null ? '' : ` with exit code ${started.code}`
    throw new Blocked({
      problem: `${options.title} ended${how} as soon as it was started from the image ${options.image}.`,
      fix: 'its last lines say why',
      log: log.lines().slice(-20).join('\n') || '(it printed nothing)',
    })
  }
  if (id === '') {
    id = started.getId()
    void awaitExit(address, id).then(early.resolve)
  }
  const { complete } = await followLog(harbour, id, log)
  const exited = early.promise.then(async (exit) => {
    await Promise.race([complete, after(lastLinesMilliseconds, undefined, { ref: false })])
    return exit
  })
  const end = async (graceMilliseconds: number): Promise<void> => {
    if (reuse) return
    if (graceMilliseconds > 0)
      await askEngine(address, {
        method: 'POST',
        path: `/containers/${id}/stop`,
        query: { t: String(Math.ceil(graceMilliseconds / 1000)) },
        withinMilliseconds: graceMilliseconds + 10_000,
      }).catch(() => {})
    await removeContainer(address, id).catch((error: NodeJS.ErrnoException) => {
      // An engine that is away is not worth a word here: the run removes what carries its label.
      if (error.code === undefined) throw error
    })
  }
  let stopping: Promise<void> | undefined
  return {
    id,
    host: engine.host,
    port: started.getMappedPort(options.port),
    inside: { host: addressInside(started), port: options.port },
    exited,
    log: (from) => log.lines(from),
    lineCount: () => log.count(),
    stop: (graceMilliseconds = 0) => {
      stopping ??= end(graceMilliseconds)
      return stopping
    },
  }
}
