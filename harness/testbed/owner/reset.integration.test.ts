import { describe, expect, test } from 'vitest'
import type { ProviderConfig, ValidConfig } from '../../config/schema.ts'
import { leaseTestbed, type OwnerClient } from '../lease.ts'
import type { Testbed } from '../testbed.ts'
import { ownerForTest } from '../testing/owner-for-test.ts'
import { plainProvider } from '../testing/plain-config.ts'
import type { LeaseOptions } from '../world.ts'

const shop = (reset: ProviderConfig['reset']): ValidConfig => ({
  integrations: {
    shop: {
      provider: plainProvider({
        environment: { DATABASE_URL: '{database.url}', PAYMENTS_URL: '{payments.url}' },
        ...(reset === undefined ? {} : { reset }),
      }),
      dependencies: { database: { type: 'postgres' }, payments: { type: 'wiremock' } },
    },
  },
})

const bare = (more: Parameters<typeof plainProvider>[0] = {}): ValidConfig => ({
  integrations: { shop: { provider: plainProvider({ reset: 'database', ...more }) } },
})

const lease = (client: OwnerClient, options: LeaseOptions = {}, caseId = 'a'): Promise<Testbed> =>
  leaseTestbed(client, { integration: 'shop', caseId, ...options })

const pidOf = async ({ description }: Testbed): Promise<number> => {
  const answer = await fetch(`${description.providerUrl}/`)
  return ((await answer.json()) as { readonly pid: number }).pid
}

const code = ({ cause }: Error): unknown => (cause as NodeJS.ErrnoException).code

const killProvider = async (testbed: Testbed): Promise<void> => {
  process.kill(await pidOf(testbed), 'SIGKILL')
  await expect.poll(() => pidOf(testbed).catch(code)).toBe('ECONNREFUSED')
}

/** Leases, does something, gives it back; resolves with the number of the provider's process. */
const serve = async (
  client: OwnerClient,
  meanwhile: (testbed: Testbed) => unknown = () => {},
  options: LeaseOptions = {},
): Promise<number> => {
  await using testbed = await lease(client, options)
  const pid = await pidOf(testbed)
  await meanwhile(testbed)
  return pid
}

describe("with reset: 'database' a case gets", () => {
  test('the process of the case before it and nothing else of it', async () => {
    const { owner, client } = await ownerForTest(shop('database'), { atOnce: 1, ahead: 0 })
    const descriptions: Testbed['description'][] = []
    const leave = async (testbed: Testbed): Promise<void> => {
      descriptions.push(testbed.description)
      expect(await testbed.log()).toHaveLength(descriptions.length === 1 ? 1 : 0)
      const database = testbed.database()
      const tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
      expect(await database.query(tables)).toEqual([])
      await database.query('CREATE TABLE left_behind (word text)')
      const payments = testbed.description.values['payments.url'] ?? ''
      expect(await fetch(`${payments}/pay`).then(({ status }) => status)).toBe(404)
      const stub = testbed.stub().captain
      await stub.register({ method: 'GET', endpoint: '/pay' }, { status: 202, body: {} })
      expect(await fetch(`${payments}/pay`).then(({ status }) => status)).toBe(202)
      await testbed.link('payments').add({ type: 'down' })
      await testbed.link('database').add({ type: 'timeout', attributes: { timeout: 0 } })
    }
    const pids = [
      await serve(client, leave),
      await serve(client, leave),
      await serve(client, leave),
    ]
    expect(new Set(pids).size).toBe(1)
    expect(descriptions.map(({ values }) => values)).toEqual(
      Array.from({ length: 3 }, () => descriptions[0]?.values),
    )
    expect(new Set(descriptions.map(({ id }) => id)).size).toBe(3)
    expect(descriptions[0]?.madeOf[0]).toContain(
      'one process for many cases, with a fresh database',
    )
    expect(owner.notices).toEqual([])
  })

  test.each<[string, (testbed: Testbed) => unknown, LeaseOptions]>([
    ['that marked it dirty', (testbed) => testbed.markDirty(), {}],
    ['whose provider died', killProvider, {}],
    ['that started it again', (testbed) => testbed.restartProvider(), {}],
    ['with settings of its own', () => {}, { environment: { COLOUR: 'blue' } }],
  ])('a fresh process after one %s', async (_, meanwhile, options) => {
    const { owner, client } = await ownerForTest(bare(), { atOnce: 1, ahead: 0 })
    const spoilt = await serve(client, meanwhile, options)
    const next = await serve(client)
    expect(next).not.toBe(spoilt)
    expect(await serve(client)).toBe(next)
    expect(owner.notices).toEqual([])
  })

  test('a fresh process where it asks for one that nobody has used, or settings of its own', async () => {
    const { client } = await ownerForTest(bare(), { atOnce: 1, ahead: 0 })
    const first = await serve(client)
    expect(await serve(client, () => {}, { untouched: true })).not.toBe(first)
    expect(await serve(client, () => {}, { environment: { COLOUR: 'blue' } })).not.toBe(first)
  })

  test('a fresh process where the provider was lost while nobody had it', async () => {
    const { client } = await ownerForTest(bare(), { atOnce: 1, ahead: 0 })
    const lost = await serve(client)
    process.kill(lost, 'SIGKILL')
    await expect.poll(() => serve(client)).not.toBe(lost)
  })

  test('a fresh process from then on where the provider does not recover, which is said once', async () => {
    const provider = plainProvider({
      reset: 'database',
      ready: { http: '/health' },
      environment: { DATABASE_URL: '{database.url}', FAIL: 'tied' },
    })
    const config: ValidConfig = {
      integrations: { shop: { provider, dependencies: { database: { type: 'postgres' } } } },
    }
    const { owner, client, providers } = await ownerForTest(config, { atOnce: 1, ahead: 0 })
    const pids = [await serve(client), await serve(client), await serve(client)]
    expect(new Set(pids).size).toBe(3)
    expect(owner.notices).toEqual([
      expect.stringMatching(
        /^shop: each case gets a fresh process from now on\. .*was not ready again within 10 s: it answered 503/,
      ),
    ])
    await expect.poll(providers).toBe(0)
  })
})

test("with reset: 'process', and for a provider that is quick, each case gets its own process", async () => {
  for (const reset of ['process', undefined] as const) {
    const config = bare(reset === undefined ? { reset: 'auto' } : { reset })
    const { client } = await ownerForTest(config, { atOnce: 1, ahead: 0 })
    const pids = [await serve(client), await serve(client)]
    expect(new Set(pids).size).toBe(2)
  }
})

const expectCases = (client: OwnerClient, count: number): Promise<unknown> =>
  client.call('expect', { integration: 'shop', count })

describe('testbeds that are made ahead', () => {
  const config = bare({ reset: 'process' })

  test('are none before the first lease, nor where nothing more is to come', async () => {
    const { client, providers } = await ownerForTest(config, { atOnce: 2, ahead: 2 })
    await expectCases(client, 1)
    expect(await providers()).toBe(0)
    await using testbed = await lease(client)
    expect(await pidOf(testbed)).toBeGreaterThan(0)
    expect(await providers()).toBe(1)
  })

  test('are as many as may be, never more than there are cases, and are what the next ones get', async () => {
    const { client, providers } = await ownerForTest(config, { atOnce: 1, ahead: 2 })
    await expectCases(client, 4)
    const counts: number[] = []
    const ids: string[] = []
    for (const caseId of ['a', 'b', 'c', 'd']) {
      const wanted = { a: 3, b: 3, c: 2, d: 1 }[caseId]
      await using testbed = await lease(client, {}, caseId)
      ids.push(testbed.description.id)
      await expect.poll(providers).toBe(wanted)
      counts.push(await providers())
    }
    expect(counts).toEqual([3, 3, 2, 1])
    expect(ids).toEqual(['shop-1', 'shop-2', 'shop-3', 'shop-4'])
    await expect.poll(providers).toBe(0)
  })

  test('are ended when the worker that expected them is gone', async () => {
    const { client, providers } = await ownerForTest(config, { atOnce: 1, ahead: 2 })
    await expectCases(client, 10)
    await lease(client)
    await expect.poll(providers).toBe(3)
    client.close()
    await expect.poll(providers, { timeout: 10_000 }).toBe(0)
  })

  test('that cannot be made are no harm: who needs one is told', async () => {
    const broken = bare({ reset: 'process', ready: { http: '/health', within: '300ms' } })
    const { client, providers } = await ownerForTest(broken, { atOnce: 1, ahead: 2 })
    await expectCases(client, 10)
    const leasing = lease(client, { environment: { FAIL: 'unhealthy' } })
    await expect(leasing).rejects.toThrow('was not ready within 300ms')
    expect(await providers()).toBe(0)
  })
})
