import type { ValidConfig } from '../../config/schema.ts'
import { nearest } from '../../model/nearest.ts'
import { Blocked, UserError } from '../../model/user-error.ts'
import type { TestbedDescription } from '../testbed.ts'
import type { Background } from './background.ts'
import type { Expectations } from './expectations.ts'
import type { LiveTestbed } from './make-testbed.ts'
import type { OwnerMethods } from './protocol.ts'
import type { Queue } from './queue.ts'
import type { Stock } from './stock.ts'

/** More than a person looks at; each holds a provider, and perhaps a database and stubs. */
const keptMax = 4

/** How long what was made ahead waits for a next worker when the last one is gone. */
const desertedMilliseconds = 2000

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
  /** Tells how many more cases of an integration a worker is about to run. */
  expect(session: Session, params: OwnerMethods['expect']['params']): void
  /** Gives one back: to the next case or closed, in the background, or held open for a person. */
  release(session: Session, params: OwnerMethods['release']['params']): void
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

/** What the books are kept with. */
export interface TestbedsOptions {
  readonly config: ValidConfig
  readonly stock: Stock
  readonly queue: Queue
  readonly expectations: Expectations
  readonly background: Background
  /** Aborted by `close`. */
  readonly ended: AbortController
}

/** Keeps the books of a run's testbeds: who holds which, and which are held for a person. */
export const openTestbeds = (options: TestbedsOptions): Testbeds => {
  const { config, stock, queue, expectations, background, ended } = options
  const held = new Map<string, Held>()
  const kept: LiveTestbed[] = []
  const sessions = new Set<Session>()
  let deserted: NodeJS.Timeout | undefined

  const arrive = (session: Session): void => {
    clearTimeout(deserted)
    sessions.add(session)
  }

  const giveBack = ({ testbed, leave }: Held, dirty: boolean): void => {
    background.add(stock.giveBack(testbed, dirty).then(leave))
  }

  const take = async (
    session: Session,
    {
      integration,
      caseId,
      caseLabel = caseId,
      environment = {},
      untouched = false,
    }: OwnerMethods['lease']['params'],
    leave: () => void,
    signal: AbortSignal,
  ): Promise<TestbedDescription> => {
    const of = integrationOf(config, integration)
    const order = { integration, config: of, changes: environment, caseLabel, untouched, signal }
    const testbed = await stock.take(order).catch((error: unknown) => {
      leave()
      throw error
    })
    const one = { session, testbed, leave }
    if (signal.aborted) {
      giveBack(one, true)
      throw signal.reason
    }
    held.set(testbed.description.id, one)
    return testbed.description
  }

  const find = (session: Session, id: string): Held => {
    const found = held.get(id)
    if (found === undefined || found.session !== session)
      throw new UserError({ problem: `The testbed "${id}" was given back already.` })
    return found
  }

  return {
    expect: (session, { integration, count }) => {
      integrationOf(config, integration)
      arrive(session)
      expectations.tell(session.id, integration, count)
      stock.replenish()
    },
    lease: async (session, params) => {
      if (ended.signal.aborted) throw new Blocked({ problem: 'The run has ended.' })
      integrationOf(config, params.integration)
      arrive(session)
      expectations.began(session.id, params.integration, params.caseId)
      const signal = AbortSignal.any([session.signal, ended.signal])
      const leave = await queue.enter(`${session.id} ${params.caseId}`, signal)
      const taking = take(session, params, leave, signal)
      background.add(taking)
      return taking
    },
    find: (session, id) => find(session, id).testbed,
    release: (session, { testbed: id, keep, dirty }) => {
      const one = find(session, id)
      held.delete(id)
      if (keep && kept.length < keptMax) {
        kept.push(one.testbed)
        stock.lose()
        one.leave()
      } else giveBack(one, dirty)
    },
    releaseAll: (session) => {
      sessions.delete(session)
      expectations.forget(session.id)
      for (const [id, one] of held)
        if (one.session === session) {
          held.delete(id)
          giveBack(one, true)
        }
      // One worker may follow another at once; else nobody is left for what was made ahead.
      if (sessions.size === 0)
        deserted = setTimeout(() => stock.clear(), desertedMilliseconds).unref()
    },
    kept: () => kept.map(({ description }) => description),
    close: async () => {
      clearTimeout(deserted)
      ended.abort(new Blocked({ problem: 'The run has ended.' }))
      for (const one of held.values()) giveBack(one, true)
      held.clear()
      for (const testbed of kept.splice(0)) background.add(stock.close(testbed))
      stock.clear()
      await background.done()
    },
  }
}
