import type { ValidConfig } from '../../config/schema.ts'
import { nearest } from '../../model/nearest.ts'
import { Blocked, UserError } from '../../model/user-error.ts'
import type { TestbedDescription } from '../testbed.ts'
import { makeTestbed, type LiveTestbed } from './make-testbed.ts'
import type { OwnerMethods } from './protocol.ts'
import type { Queue } from './queue.ts'
import type { Workshop } from './workshop.ts'

/** More than a person looks at; each holds a provider, and perhaps a database and stubs. */
const keptMax = 4

/** One worker's connection, as far as testbeds are concerned. */
export interface Session {
  readonly id: string
  /** Aborted when the connection ends. */
  readonly signal: AbortSignal
}

/** The testbeds of a run. */
export interface Testbeds {
  lease(session: Session, params: OwnerMethods['lease']['params']): Promise<TestbedDescription>
  /** Throws a `UserError` for one that this session does not hold. */
  find(session: Session, id: string): LiveTestbed
  /** Gives one back: it is closed in the background, or held open for a person. */
  release(session: Session, id: string, keep: boolean): void
  /** Gives back what a worker held when its connection ended. */
  releaseAll(session: Session): void
  /** Those that are held open for a person. */
  kept(): readonly TestbedDescription[]
  /** Closes all of them, kept ones as well, and waits for those that are being made. */
  close(): Promise<void>
}

interface Held {
  readonly session: Session
  readonly testbed: LiveTestbed
  readonly leave: () => void
}

const integrationOf = (config: ValidConfig, name: string) => {
  const integration = Object.hasOwn(config.integrations, name)
    ? config.integrations[name]
    : undefined
  if (integration !== undefined) return integration
  const known = Object.keys(config.integrations)
  const meant = nearest(name, known)
  throw new UserError({
    problem: `There is no integration "${name}".`,
    expected: `one of ${known.map((one) => `"${one}"`).join(', ')}`,
    ...(meant === undefined ? {} : { fix: `write "${meant}"` }),
  })
}

const nothing = (): void => undefined

/**
 * Keeps the books of a run's testbeds: who holds which, and what has to be closed. `onError` is told
 * what went wrong while one was closed in the background.
 */
export const openTestbeds = (
  config: ValidConfig,
  workshop: Workshop,
  queue: Queue,
  onError: (error: Error) => void,
): Testbeds => {
  const held = new Map<string, Held>()
  const kept: LiveTestbed[] = []
  const busy = new Set<Promise<void>>()
  const closed = new AbortController()
  let count = 0

  /** Remembers work in the background, so that closing waits for it. */
  const inBackground = (work: Promise<void>): void => {
    busy.add(work)
    void work.finally(() => busy.delete(work))
  }
  const closeOne = async (testbed: LiveTestbed, leave: () => void): Promise<void> => {
    for (const error of await testbed.close()) onError(error)
    leave()
  }

  const make = async (
    session: Session,
    { integration, environment = {} }: OwnerMethods['lease']['params'],
    leave: () => void,
    signal: AbortSignal,
  ): Promise<TestbedDescription> => {
    count += 1
    const id = `${integration.toLowerCase()}-${count}`
    const request = {
      id,
      integration,
      config: integrationOf(config, integration),
      changes: environment,
      signal,
    }
    let testbed: LiveTestbed
    try {
      testbed = await makeTestbed(request, workshop)
    } catch (error) {
      leave()
      throw error
    }
    if (signal.aborted) {
      inBackground(closeOne(testbed, leave))
      throw signal.reason
    }
    held.set(id, { session, testbed, leave })
    return testbed.description
  }

  const find = (session: Session, id: string): Held => {
    const found = held.get(id)
    if (found === undefined || found.session !== session)
      throw new UserError({ problem: `The testbed "${id}" was given back already.` })
    return found
  }

  return {
    lease: async (session, params) => {
      if (closed.signal.aborted) throw new Blocked({ problem: 'The run has ended.' })
      integrationOf(config, params.integration)
      const signal = AbortSignal.any([session.signal, closed.signal])
      const leave = await queue.enter(`${session.id} ${params.caseId}`, signal)
      const making = make(session, params, leave, signal)
      inBackground(making.then(nothing, nothing))
      return making
    },
    find: (session, id) => find(session, id).testbed,
    release: (session, id, keep) => {
      const { testbed, leave } = find(session, id)
      held.delete(id)
      if (keep && kept.length < keptMax) {
        kept.push(testbed)
        leave()
      } else inBackground(closeOne(testbed, leave))
    },
    releaseAll: (session) => {
      for (const [id, one] of held)
        if (one.session === session) {
          held.delete(id)
          inBackground(closeOne(one.testbed, one.leave))
        }
    },
    kept: () => kept.map(({ description }) => description),
    close: async () => {
      closed.abort(new Blocked({ problem: 'The run has ended.' }))
      for (const { testbed, leave } of held.values()) inBackground(closeOne(testbed, leave))
      for (const testbed of kept.splice(0)) inBackground(closeOne(testbed, () => {}))
      held.clear()
      while (busy.size > 0) await Promise.all(busy)
    },
  }
}
