import { WireMock } from 'wiremock-captain'
import { Blocked } from '../model/user-error.ts'
import { openDatabaseClient, type LazyDatabaseClient } from './client/database-client.ts'
import { named } from './client/named.ts'
import type { OwnerClient } from './client/owner-client.ts'
import type { AppliedToxic, ToxicSpecification } from './link/toxic.ts'
import type { Link, Stub, Testbed, TestbedDescription } from './testbed.ts'
import { fromWireError } from './owner/wire-error.ts'
import type { LeaseOptions } from './world.ts'

export { connectOwner, type OwnerClient } from './client/owner-client.ts'

/** Which testbed, and for which case. */
export interface LeaseRequest extends LeaseOptions {
  readonly integration: string
  readonly caseId: string
  /** How a person knows the case: its name and its place. Absent: the id. */
  readonly caseLabel?: string
}

const linkOf = (client: OwnerClient, testbed: string, link: string): Link => ({
  name: link,
  add: async (specification: ToxicSpecification): Promise<AppliedToxic> => {
    const toxic = await client.call('addToxic', { testbed, link, specification })
    return {
      specification,
      firstBite: async () =>
        (await client.call('firstBite', { testbed, link, toxic })) ?? undefined,
      remove: async () => {
        await client.call('removeToxic', { testbed, link, toxic })
      },
    }
  },
  reset: async () => {
    await client.call('resetLink', { testbed, link })
  },
})

const leased = (client: OwnerClient, description: TestbedDescription): Testbed => {
  const { id, integration: of, databases, stubs, links, linksBlocked } = description
  const clients = new Map<string, LazyDatabaseClient>()
  const linkNames = Object.fromEntries(links.map((name) => [name, name]))
  let keep = false
  let dirty = false
  let released: Promise<void> | undefined

  const database = (name?: string): LazyDatabaseClient => {
    const url = named(databases, name, { what: 'database', of })
    const known = clients.get(url)
    if (known !== undefined) return known
    const made = openDatabaseClient(url)
    clients.set(url, made)
    return made
  }
  const stub = (name?: string): Stub => {
    const url = named(stubs, name, { what: 'stub', of })
    return { url, captain: new WireMock(url) }
  }
  const release = async (): Promise<void> => {
    // Before the owner drops the databases: a connection that is open makes that slow.
    await Promise.all([...clients.values()].map((one) => one.close()))
    await client.call('release', { testbed: id, keep, dirty })
  }

  return {
    description,
    database,
    stub,
    link: (name) => {
      if (linksBlocked !== undefined)
        throw new Blocked({
          problem: `No fault can be put on the link "${name}": ${linksBlocked}.`,
          fix: 'start the provider by a command, or use an engine on this machine',
        })
      return linkOf(client, id, named(linkNames, name, { what: 'link', of }))
    },
    log: () => client.call('log', { testbed: id }),
    stubReports: () => client.call('stubReports', { testbed: id }),
    dependencyLog: () => client.call('log', { testbed: id, of: 'dependencies' }),
    restartProvider: async (environment = {}, options = {}) => {
      await client.call('restart', { testbed: id, environment, ...options })
    },
    killProvider: async () => {
      await client.call('kill', { testbed: id })
    },
    markDirty: () => {
      dirty = true
    },
    failure: async () => {
      const failure = await client.call('failure', { testbed: id })
      return failure === null ? undefined : fromWireError(failure)
    },
    keep: () => {
      keep = true
    },
    [Symbol.asyncDispose]: () => {
      released ??= release()
      return released
    },
  }
}

/**
 * Leases a fresh testbed for one case; closing it gives it back. A second one for the same case does
 * not wait for a place.
 *
 * Throws `Blocked` where it cannot be made, and a `UserError` for a mistake in the config.
 *
 * @example
 * await using testbed = await leaseTestbed(client, { integration: 'orders', caseId: 'a3f09c2d41' })
 */
export const leaseTestbed = async (client: OwnerClient, request: LeaseRequest): Promise<Testbed> =>
  leased(client, await client.call('lease', request))
