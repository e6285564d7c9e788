import { setTimeout as after } from 'node:timers/promises'
import type { WiremockConfig } from '../../config/schema.ts'
import { Blocked, UserError } from '../../model/user-error.ts'
import type { Custody } from '../custody.ts'
import { findJava, type Java } from '../java/find-java.ts'
import { readMappings, type StubMapping } from './mappings.ts'
import { openSeats, type Seat } from './seats.ts'
import { startStubServer, type StubServer } from './stub-server.ts'
import { findWiremockJar } from './wiremock-jar.ts'

/** The right to use one stub server for one testbed. */
export interface StubLease {
  readonly url: string
  readonly host: string
  readonly port: number
  /** Where containers of the same engine find it, if it runs in one. */
  readonly inside?: { readonly host: string; readonly port: number }
  /** Why the server cannot be used any more, if it ended under this lease. */
  failure(): Blocked | undefined
  /** Gives it back. Only when nothing of the testbed can reach it any more: links closed first. */
  release(): Promise<void>
}

/** The stub servers of a run. */
export interface StubServers {
  /** `WireMock 3.13.2` */
  readonly versionText: string
  /** What they run in: `a stub`, `a stub in a container wiremock/wiremock:3`. */
  readonly madeOf: string
  /** What the user should be told: that a JRE was fetched. */
  readonly notices: readonly string[]
  /**
   * A server with nothing in it but the mappings of the config. Waits where all are leased, so a
   * testbed with two stubs needs two.
   */
  lease(config: WiremockConfig): Promise<StubLease>
  close(): Promise<void>
}

/** How many stub servers there may be, and on which Java. */
export interface StubServersOptions {
  readonly root: string
  readonly java: { readonly download?: boolean | undefined }
  /** The most servers at once. */
  readonly count: number
  /** The environment in which Java is looked for and run. */
  readonly environment: Readonly<Record<string, string>>
}

/** The end of a process is known a little after its connections break. */
const endKnownWithinMilliseconds = 1000

const whyNot = async (server: StubServer, error: unknown): Promise<unknown> => {
  if (error instanceof UserError || error instanceof Blocked) return error
  const deadline = performance.now() + endKnownWithinMilliseconds
  while (server.failure() === undefined && performance.now() < deadline) await after(20)
  return (
    server.failure() ??
    new Blocked({
      problem: `A stub server did not answer: ${error instanceof Error ? error.message : String(error)}.`,
      fix: 'run again; the next testbed gets a new one',
    })
  )
}

const prepare = async (server: StubServer, mappings: readonly StubMapping[]): Promise<void> => {
  try {
    await server.admin.clear()
    await server.emptyFiles()
    await server.admin.load(mappings)
  } catch (error) {
    throw await whyNot(server, error)
  }
}

/** What stub servers are made of. */
export interface StubKind extends Pick<StubServers, 'versionText' | 'madeOf' | 'notices'> {
  readonly root: string
  /** The most servers at once. */
  readonly count: number
  readonly start: () => Promise<StubServer>
}

/**
 * Stub servers that are started one by one when they are needed, leased to one testbed at a time,
 * and emptied before each lease: mappings, journal, scenarios, settings and files.
 *
 * A connection that a former testbed keeps open would see the next one's answers, since WireMock
 * looks an answer up at each request. So a lease is released only when its link is closed.
 *
 * `lease` throws what `start` throws, `Blocked` where a server has ended, and `UserError` for a broken
 * mapping.
 */
export const leaseStubServers = ({
  root,
  count,
  start,
  versionText,
  madeOf,
  notices,
}: StubKind): StubServers => {
  const seats = openSeats(count, start)
  const losses: string[] = []

  /** A server that has ended while nobody used it is no loss of this testbed's. */
  const prepared = async (mappings: readonly StubMapping[], tries = count): Promise<Seat> => {
    const seat = await seats.take()
    try {
      await prepare(seat.server, mappings)
      return seat
    } catch (error) {
      // What could not be emptied or filled may hold anything, unless the mapping was at fault.
      await seat.release(error instanceof UserError ? 'usable' : 'unusable')
      if (error instanceof UserError || tries <= 1) throw error
      losses.push(`${versionText}, ${madeOf}, was lost and another one took its place.`)
      return prepared(mappings, tries - 1)
    }
  }

  return {
    versionText,
    madeOf,
    get notices() {
      return [...notices, ...losses]
    },
    lease: async (config) => {
      const mappings =
        config.mappings === undefined ? [] : await readMappings(root, config.mappings)
      const seat = await prepared(mappings)
      const { server } = seat
      return {
        url: server.url,
        host: server.host,
        port: server.port,
        ...(server.inside === undefined ? {} : { inside: server.inside }),
        failure: () => server.failure(),
        release: () => seat.release('usable'),
      }
    },
    close: () => seats.close(),
  }
}

/**
 * Stub servers as processes of this machine.
 *
 * Throws `Blocked` where WireMock is not installed; `lease` also throws `Blocked` where there is no
 * Java and none can be fetched, or a server does not start.
 *
 * @example
 * const stubs = await openStubServers(custody, { root, java: {}, count: 2, environment })
 * const lease = await stubs.lease({ type: 'wiremock', mappings: 'stubs/payments' })
 */
export const openStubServers = async (
  custody: Custody,
  { root, java: { download }, count, environment }: StubServersOptions,
): Promise<StubServers> => {
  const jar = await findWiremockJar()
  const notices: string[] = []
  let finding: Promise<Java> | undefined

  const findOnce = (): Promise<Java> => {
    finding ??= findJava({ custody, environment, download }).then((java) => {
      notices.push(...java.notices)
      return java
    })
    return finding
  }
  return leaseStubServers({
    root,
    count,
    versionText: `WireMock ${jar.version}`,
    madeOf: 'a stub',
    notices,
    start: async () => startStubServer({ custody, java: await findOnce(), jar, environment }),
  })
}
