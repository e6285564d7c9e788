import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { leaseTestbed } from '../lease.ts'
import type { Testbed } from '../testbed.ts'
import { openOwnerForTest } from '../testing/owner-for-test.ts'
import { plainProvider } from '../testing/plain-config.ts'

const integrations = {
  shop: {
    provider: plainProvider({
      environment: { DATABASE_URL: '{database.url}', PAYMENTS_URL: '{payments.url}' },
    }),
    dependencies: { database: { type: 'postgres' }, payments: { type: 'wiremock' } },
  },
} as const

let opened: Awaited<ReturnType<typeof openOwnerForTest>>

beforeAll(async () => {
  opened = await openOwnerForTest({ integrations })
})

afterAll(async () => {
  await opened[Symbol.asyncDispose]()
  expect(opened.owner.notices).toEqual([])
})

const lease = (caseId: string): Promise<Testbed> =>
  leaseTestbed(opened.client, { integration: 'shop', caseId })

/** What the provider was told, as it answers it. */
const told = async ({ description: { providerUrl } }: Testbed) => {
  const answer = await fetch(providerUrl)
  return (await answer.json()) as { readonly DATABASE_URL: string; readonly PAYMENTS_URL: string }
}

/** What a payment is answered with. */
const status = async (url: string): Promise<number | string> => {
  try {
    const answer = await fetch(`${url}/pay`)
    // To its end: what is still on its way would be the first bite of a toxic that is put later.
    await answer.arrayBuffer()
    return answer.status
  } catch {
    return 'unreachable'
  }
}

describe('a testbed with a database and a stub', () => {
  test("two at once do not see each other's rows and stubs", async () => {
    await using a = await lease('a')
    await using b = await lease('b')
    for (const [testbed, word] of [
      [a, 'from a'],
      [b, 'from b'],
    ] as const) {
      await testbed.database().query('CREATE TABLE notes (word text)')
      await testbed.database('database').query('INSERT INTO notes VALUES ($1)', [word])
    }
    expect(await a.database().query('SELECT word FROM notes')).toEqual([{ word: 'from a' }])
    await a.stub().captain.register({ method: 'GET', endpoint: '/pay' }, { status: 202, body: {} })
    const [toldA, toldB] = [await told(a), await told(b)]
    expect(await status(toldA.PAYMENTS_URL)).toBe(202)
    expect(await status(toldB.PAYMENTS_URL)).toBe(404)
  })

  test('the provider reaches its dependencies through links, the harness past them', async () => {
    await using testbed = await lease('a')
    const { description } = testbed
    expect(description.links.toSorted()).toEqual(['database', 'payments'])
    expect(await told(testbed)).toMatchObject({
      DATABASE_URL: description.values['database.url'],
      PAYMENTS_URL: description.values['payments.url'],
    })
    expect(description.values['database.url']).not.toBe(description.databases.database)
    expect(description.madeOf).toContainEqual(expect.stringMatching(/^database: PostgreSQL \d+\./))

    const { PAYMENTS_URL } = await told(testbed)
    const toxic = await testbed.link('payments').add({ type: 'down' })
    expect(await status(PAYMENTS_URL)).toBe('unreachable')
    await expect.poll(() => toxic.firstBite()).toBeGreaterThan(Date.now() - 60_000)
    expect(await status(testbed.stub('payments').url)).toBe(404)
    await toxic.remove()
    expect(await status(PAYMENTS_URL)).toBe(404)

    const slow = await testbed.link('payments').add({ type: 'latency', attributes: { latency: 1 } })
    expect(await slow.firstBite()).toBeUndefined()
    await testbed.link('payments').reset()
  })

  test('a mistake in a toxic is told as one', async () => {
    await using testbed = await lease('a')
    await expect(testbed.link('payments').add({ type: 'latencyy' })).rejects.toMatchObject({
      name: 'UserError',
    })
    expect(() => testbed.link('paymnts')).toThrow('fix: write "payments"')
  })

  test('a database client connects again after its connection was lost', async () => {
    await using testbed = await lease('a')
    const database = testbed.database()
    const kill = 'SELECT pg_terminate_backend(pg_backend_pid())'
    await expect(database.query(kill)).rejects.toThrow(/terminat/)
    await expect
      .poll(() => database.query('SELECT 1 AS one').catch(() => 'lost'))
      .toEqual([{ one: 1 }])
  })
})
