import { UserError } from '../../model/user-error.ts'
import type { LinkProxy, LiveToxic } from '../link/link.ts'
import type { OwnerMethods } from './protocol.ts'
import type { Session, Testbeds } from './testbeds.ts'
import { toWireError } from './wire-error.ts'

/** What the owner does for each method. */
export type Handlers = {
  readonly [Name in keyof OwnerMethods]: (
    params: OwnerMethods[Name]['params'],
  ) => Promise<OwnerMethods[Name]['result']> | OwnerMethods[Name]['result']
}

/** The methods of one connection: it steers what it leased, and nothing else. */
export const handlersOf = (testbeds: Testbeds, session: Session): Handlers => {
  /** Kept after removal: when a toxic first bit is asked for afterwards. */
  const toxics = new Map<string, LiveToxic>()

  const linkOf = (testbed: string, name: string): LinkProxy => {
    const { links } = testbeds.find(session, testbed)
    const link = links.get(name)
    if (link !== undefined) return link
    throw new UserError({ problem: `The testbed "${testbed}" has no link to "${name}".` })
  }
  const toxicOf = (id: string): LiveToxic => {
    const toxic = toxics.get(id)
    if (toxic !== undefined) return toxic
    throw new UserError({ problem: `There is no toxic "${id}".` })
  }

  return {
    lease: (params) => testbeds.lease(session, params),
    expect: (params) => {
      testbeds.expect(session, params)
      return null
    },
    release: (params) => {
      testbeds.release(session, params)
      return null
    },
    failure: ({ testbed }) => {
      const failure = testbeds.find(session, testbed).failure()
      return failure === undefined ? null : toWireError(failure)
    },
    log: ({ testbed, of }) => {
      const found = testbeds.find(session, testbed)
      return of === 'dependencies' ? found.dependencyLog() : found.log()
    },
    stubReports: ({ testbed }) => testbeds.find(session, testbed).stubReports(),
    restart: async ({ testbed, environment, ...options }) => {
      await testbeds.find(session, testbed).restartProvider(environment, options)
      return null
    },
    kill: async ({ testbed }) => {
      await testbeds.find(session, testbed).killProvider()
      return null
    },
    addToxic: ({ testbed, link, specification }) => {
      const toxic = linkOf(testbed, link).add(specification)
      toxics.set(toxic.id, toxic)
      return toxic.id
    },
    removeToxic: async ({ toxic }) => {
      await toxicOf(toxic).remove()
      return null
    },
    firstBite: ({ toxic }) => toxicOf(toxic).firstBite() ?? null,
    resetLink: async ({ testbed, link }) => {
      await linkOf(testbed, link).reset()
      return null
    },
  }
}
