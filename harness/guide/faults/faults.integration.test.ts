import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { leaseTestbed } from '../../testbed/lease.ts'
import type { Testbed } from '../../testbed/testbed.ts'
import { openOwnerForTest } from '../../testbed/testing/owner-for-test.ts'
import { plainProvider } from '../../testbed/testing/plain-config.ts'
import { plainSurroundings, type Surroundings } from '../surroundings.ts'
import type { AppliedFault } from './fault-kind.ts'
import { parseFault, putFault } from './kinds.ts'

const integrations = {
  shop: {
    provider: plainProvider({
      ready: { http: '/health' },
      environment: {
        DATABASE_URL: '{database.url}',
        PAYMENTS_URL: '{payments.url}',
        COLOUR: 'blue',
      },
    }),
    dependencies: { database: { type: 'postgres' }, payments: { type: 'wiremock' } },
  },
} as const

const surroundings: Surroundings = {
  ...plainSurroundings,
  settings: ['DATABASE_URL', 'PAYMENTS_URL', 'COLOUR'],
  keys: {
    'payments-key': {
      stub: 'payments',
      shown: () => ({
        name: 'payments-key',
        fields: [{ in: 'header', name: 'Authorization', value: 'Bearer old-key' }],
      }),
    },
  },
}

let opened: Awaited<ReturnType<typeof openOwnerForTest>>

beforeAll(async () => {
  opened = await openOwnerForTest({ integrations })
})

afterAll(() => opened[Symbol.asyncDispose]())

const lease = (): Promise<Testbed> =>
  leaseTestbed(opened.client, { integration: 'shop', caseId: 'a fault' })

const put = (testbed: Testbed, text: string): Promise<AppliedFault> => {
  const parsed = parseFault(text)
  if ('problem' in parsed) throw new Error(parsed.problem.problem)
  const fault = { ...parsed.fault, text, place: { file: 'g.md', line: 1 } }
  return putFault(testbed, fault, surroundings)
}

const recently = expect.toSatisfy((at: number) => at > Date.now() - 60_000)

/** As the provider asks the stub: through the link. */
const pay = (
  { description: { values } }: Testbed,
  key = 'old-key',
): Promise<{ readonly status: number; readonly body: string } | string> =>
  fetch(`${values['payments.url']}/pay`, {
    headers: { Authorization: `Bearer ${key}`, Connection: 'close' },
  }).then(
    async (answer) => ({ status: answer.status, body: await answer.text().catch(() => 'garbage') }),
    (error: unknown) => String((error as Error).cause ?? error),
  )

const paying = async (): Promise<Testbed> => {
  const testbed = await lease()
  await testbed
    .stub()
    .captain.register({ method: 'GET', endpoint: '/pay' }, { status: 201, body: { id: 'c1' } })
  return testbed
}
const well = { status: 201, body: '{"id":"c1"}' }

describe('[fault-stub] on a real stub', () => {
  test.each<[string, unknown]>([
    ['answers `503`', { status: 503, body: expect.stringContaining('503 by a drill') as string }],
    ['malformed', { status: 200, body: 'garbage' }],
    ['empty', expect.stringMatching(/other side closed|ECONNRESET|fetch failed/)],
    ['reset', expect.stringMatching(/ECONNRESET|other side closed/)],
    ['wrong schema', { status: 201, body: '{"id_v2":"c1"}' }],
  ])('%s', async (words, expected) => {
    await using testbed = await paying()
    const fault = await put(testbed, `stub \`payments\`, ${words}`)
    expect(await fault.firstBite()).toBeUndefined()
    expect(await pay(testbed)).toEqual(expected)
    expect(await fault.firstBite()).toEqual(recently)
    await fault.lift()
    await fault.lift()
    expect(await pay(testbed)).toEqual(well)
  })

  test('answers `503` to the first two, then well', async () => {
    await using testbed = await paying()
    const fault = await put(testbed, 'stub `payments`, answers `503` to the first `2`')
    const answers = [await pay(testbed), await pay(testbed), await pay(testbed)]
    expect(answers).toMatchObject([{ status: 503 }, { status: 503 }, well])
    expect(await fault.firstBite()).toEqual(recently)
    await fault.lift()
  })

  test('slow by `400 ms`', async () => {
    await using testbed = await paying()
    const fault = await put(testbed, 'stub `payments`, slow by `400 ms`')
    const started = performance.now()
    expect(await pay(testbed)).toEqual(well)
    expect(performance.now() - started).toBeGreaterThan(390)
    expect(await fault.firstBite()).toEqual(recently)
    await fault.lift()
  })
})

describe('[fault-credential] on a real stub', () => {
  test.each([
    ['rotated', 401],
    ['expired', 401],
    ['revoked', 401],
    ['too weak', 403],
  ])('%s: %i, and a new key is good', async (words, status) => {
    await using testbed = await paying()
    // The stub's own check, as users write it: any other key is unknown.
    await testbed.stub().captain.register(
      {
        method: 'GET',
        endpoint: '/pay',
        headers: { Authorization: 'Bearer (?!old-key).*' },
      },
      { status: 418, body: { reason: 'unknown' } },
      { requestHeaderFeatures: { Authorization: 'matches' as never }, stubPriority: 1 },
    )
    const fault = await put(testbed, `credential \`payments-key\`, ${words}`)
    const fresh = fault.environment?.['NEW_PAYMENTS_KEY'] ?? ''
    expect(fresh).toMatch(/^new-[0-9a-f]{24}$/)
    expect(await fault.firstBite()).toBeUndefined()
    expect(await pay(testbed, fresh)).toEqual(well)
    expect(await fault.firstBite()).toBeUndefined()
    expect(await pay(testbed)).toMatchObject({ status })
    expect(await fault.firstBite()).toEqual(recently)
    await fault.lift()
    expect(await pay(testbed)).toEqual(well)
    expect(await pay(testbed, fresh)).toMatchObject({ status: 418 })
  })
})

/** As the provider asks its database: through the link, on a connection of its own. */
const ask = async ({ description: { values } }: Testbed, statement = 'SELECT 1 AS one') => {
  const own = new Client({
    connectionString: values['database.url'] ?? '',
    application_name: 'shop',
    connectionTimeoutMillis: 5000,
    statement_timeout: 400,
  })
  own.on('error', () => {})
  try {
    await own.connect()
    return (await own.query<Record<string, unknown>>(statement)).rows.length
  } catch (error) {
    return (error as { code?: string }).code ?? 'unreachable'
  } finally {
    await own.end().catch(() => {})
  }
}

const withTable = async (): Promise<Testbed> => {
  const testbed = await lease()
  await testbed.database().query('CREATE TABLE notes (word text)')
  return testbed
}

describe('[fault-database] on a real database', () => {
  test.each([
    ['down', 'SELECT 1', /unreachable|ECONNRESET|ECONNREFUSED/],
    ['restarted', 'SELECT 1', /unreachable|ECONNRESET|ECONNREFUSED/],
    ['read-only', "INSERT INTO notes VALUES ('x')", /^25006$/],
    ['too many connections', 'SELECT 1', /^53300$/],
    ['lock on `notes`', 'SELECT * FROM notes', /^57014$/],
  ])('%s', async (words, statement, refused) => {
    await using testbed = await withTable()
    expect(await ask(testbed, statement)).toBeTypeOf('number')
    const fault = await put(testbed, `database \`database\`, ${words}`)
    expect(await ask(testbed, statement)).toMatch(refused)
    await expect.poll(() => fault.firstBite()).toEqual(recently)
    // The operator's own connection works, and may write.
    await testbed.database().query('CREATE TABLE made_meanwhile ()')
    await fault.lift()
    await fault.lift()
    expect(await ask(testbed, statement)).toBeTypeOf('number')
  })

  test('ends the sessions that are there, so that pools meet it', async () => {
    for (const words of ['restarted', 'read-only', 'too many connections']) {
      await using testbed = await lease()
      const own = new Client({ connectionString: testbed.description.values['database.url'] ?? '' })
      const ended = new Promise<string>((resolve) => {
        own.on('error', (error) => resolve((error as { code?: string }).code ?? error.message))
      })
      await own.connect()
      const fault = await put(testbed, `database \`database\`, ${words}`)
      expect(await ended).toBe('57P01')
      await fault.lift()
    }
  })

  test('of a connection limit, the solution of a page can end it', async () => {
    await using testbed = await lease()
    const fault = await put(testbed, 'database `database`, too many connections')
    expect(await ask(testbed)).toBe('53300')
    await testbed.database().query(
      `SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'nightly-report'`,
    )
    expect(await ask(testbed)).toBe(1)
    await fault.lift()
  })

  test('of a lock, the solution of a page can end it', async () => {
    await using testbed = await withTable()
    const fault = await put(testbed, 'database `database`, lock on `notes`')
    await testbed.database().query(
      `SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity
       WHERE datname = current_database() AND state = 'idle in transaction'`,
    )
    expect(await ask(testbed, 'SELECT * FROM notes')).toBe(0)
    await fault.lift()
  })

  test('says which table there is none of', async () => {
    await using testbed = await lease()
    await expect(put(testbed, 'database `database`, lock on `nowhere`')).rejects.toThrow(
      'has no table "nowhere" to lock',
    )
  })
})

const told = ({ description: { providerUrl } }: Testbed) =>
  fetch(providerUrl, { headers: { Connection: 'close' } }).then(
    (answer) => answer.json() as Promise<{ readonly pid: number; readonly COLOUR?: string }>,
    () => undefined,
  )

describe('[fault-provider] on a real process', () => {
  test('killed: it is down until it is started again', async () => {
    await using testbed = await lease()
    const before = await told(testbed)
    const fault = await put(testbed, 'provider, killed')
    expect(await fault.firstBite()).toEqual(recently)
    expect(await told(testbed)).toBeUndefined()
    await testbed.restartProvider()
    const after = await told(testbed)
    expect(after?.pid).not.toBe(before?.pid)
    await fault.lift()
    expect((await told(testbed))?.pid).toBe(after?.pid)
  })

  test('restarted: it comes up by itself', async () => {
    await using testbed = await lease()
    const fault = await put(testbed, 'provider, restarted')
    expect(await fault.firstBite()).toEqual(recently)
    await expect.poll(() => told(testbed)).toBeDefined()
    await fault.lift()
  })
})

describe('[fault-setting] on a real process', () => {
  test.each([
    ['removed', undefined],
    ['set to `red`', 'red'],
  ])('%s', async (words, colour) => {
    await using testbed = await lease()
    const fault = await put(testbed, `setting \`COLOUR\`, ${words}`)
    expect(await fault.firstBite()).toEqual(recently)
    expect((await told(testbed))?.COLOUR).toBe(colour)
    // Whatever else is changed, this stays so: only the solution, or the end, gives it back.
    await testbed.restartProvider({ OTHER: '1' })
    expect((await told(testbed))?.COLOUR).toBe(colour)
    await testbed.restartProvider({ COLOUR: 'green' })
    expect((await told(testbed))?.COLOUR).toBe('green')
    await fault.lift()
    expect((await told(testbed))?.COLOUR).toBe('blue')
  })

  test('with which it does not start: its log says why, and it can be started again', async () => {
    await using testbed = await lease()
    const fault = await put(testbed, 'setting `FAIL`, set to `exit`')
    expect(await told(testbed)).toBeUndefined()
    expect(await testbed.log()).toContain('cannot go on: the cellar is empty')
    await fault.lift()
    expect(await told(testbed)).toMatchObject({ COLOUR: 'blue' })
  })
})

describe('a fault that nobody meets', () => {
  test.each([
    'stub `payments`, reset',
    'credential `payments-key`, rotated',
    'database `database`, read-only',
    'database `database`, too many connections',
    'database `database`, lock on `notes`',
  ])('has not bitten: %s', async (text) => {
    await using testbed = await withTable()
    await testbed
      .stub()
      .captain.register({ method: 'GET', endpoint: '/' }, { status: 200, body: {} })
    const fault = await put(testbed, text)
    await testbed.database().query('SELECT count(*) FROM pg_class')
    expect(await fault.firstBite()).toBeUndefined()
    await fault.lift()
  })
})
