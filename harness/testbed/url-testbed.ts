import { UserError } from '../model/user-error.ts'
import type { Visit } from './visit/visit.ts'
import type { Testbed } from './testbed.ts'

/** Who goes there, and how. */
interface Visiting {
  readonly visit?: Visit
  readonly caseId?: string
}

/**
 * The testbed of a case that is replayed against something that already runs: an address, and
 * nothing that Proofbook could look into or steer. Closing it takes away what the case has made there.
 *
 * `database`, `stub`, `link`, `restartProvider` and `killProvider` throw a `UserError` that says so.
 *
 * @example
 * const testbed = openUrlTestbed('orders', 'https://staging.example.com')
 * testbed.description.providerUrl // 'https://staging.example.com'
 */
export const openUrlTestbed = (
  integration: string,
  url: string,
  { visit, caseId }: Visiting = {},
): Testbed => {
  const providerUrl = url.replace(/\/+$/, '')
  const notOurs = (what: string): UserError =>
    new UserError({
      problem: `There is no ${what}: the provider at ${providerUrl} is replayed as it is, without a testbed of its own.`,
      fix: 'leave out --url, and let the config say how the provider and its dependencies are started',
    })
  return {
    description: {
      id: `${integration}-url`,
      integration,
      providerUrl,
      values: {},
      databases: {},
      stubs: {},
      links: [],
      madeOf: [`provider: what runs at ${providerUrl}`],
    },
    database: () => {
      throw notOurs('database to ask')
    },
    stub: () => {
      throw notOurs('stub')
    },
    link: () => {
      throw notOurs('link on which a fault could be put')
    },
    log: () => Promise.resolve([]),
    stubReports: () => Promise.resolve([]),
    killProvider: () => Promise.reject(notOurs('way to end the provider')),
    restartProvider: () => Promise.reject(notOurs('way to start the provider again')),
    ...(visit === undefined ? {} : { visit }),
    failure: () => Promise.resolve(undefined),
    markDirty: () => {},
    keep: () => {},
    [Symbol.asyncDispose]: async () => {
      if (caseId !== undefined) await visit?.cleanUp(caseId)
    },
  }
}
