import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { Blocked, UserError } from '../../model/user-error.ts'
import { connectOwner, leaseTestbed, type OwnerClient } from '../lease.ts'
import type { Testbed } from '../testbed.ts'
import { ownerForTest } from '../testing/owner-for-test.ts'
import { plainConfig, plainProvider } from '../testing/plain-config.ts'
import { nothing, remainsOf } from '../testing/remains.ts'

const lease = (client: OwnerClient, caseId = 'a', environment = {}): Promise<Testbed> =>
  leaseTestbed(client, { integration: 'plain', caseId, environment })

interface Told {
  readonly pid: number
  readonly COLOUR?: string
}

const ask = async ({ description }: Testbed): Promise<Told> =>
  (await fetch(description.providerUrl)).json() as Promise<Told>

describe('a lease', () => {
  test('gives each case a provider of its own, and ends it afterwards', async () => {
    const { client, providers } = await ownerForTest()
    const [a, b] = await Promise.all([lease(client, 'a'), lease(client, 'b')])
    expect((await ask(a)).pid).not.toBe((await ask(b)).pid)
    expect(await providers()).toBe(2)
    await a[Symbol.asyncDispose]()
    await a[Symbol.asyncDispose]()
    await expect.poll(() => providers()).toBe(1)
    await expect(ask(a)).rejects.toThrow('fetch failed')
  })

  test('describes what the testbed is made of', async () => {
    const { client } = await ownerForTest()
    const { description } = await lease(client)
    const { port } = new URL(description.providerUrl)
    expect(description).toMatchObject({ id: 'plain-1', integration: 'plain', values: { port } })
    expect(description.madeOf).toEqual([
      expect.stringMatching(/^provider plain: .*\{port\}, a process for each case$/),
    ])
  })

  test('takes settings that only this case changes', async () => {
    const provider = plainProvider({ environment: { COLOUR: 'red' } })
    const { client } = await ownerForTest(plainConfig(provider))
    const [red, blue] = await Promise.all([
      lease(client, 'a'),
      lease(client, 'b', { COLOUR: 'blue' }),
    ])
    expect([(await ask(red)).COLOUR, (await ask(blue)).COLOUR]).toEqual(['red', 'blue'])
  })

  test('waits where as many are out as there may be', async () => {
    const { client, providers } = await ownerForTest(plainConfig(), { atOnce: 2 })
    const [a, b] = await Promise.all([lease(client, 'a'), lease(client, 'b')])
    const c = lease(client, 'c')
    const second = await lease(client, 'a')
    await second[Symbol.asyncDispose]()
    await b[Symbol.asyncDispose]()
    expect((await ask(await c)).pid).toBeGreaterThan(0)
    await a[Symbol.asyncDispose]()
    await expect.poll(() => providers()).toBe(1)
  })

  test('of an integration that there is not, suggests the nearest', async () => {
    const { client } = await ownerForTest()
    const leasing = leaseTestbed(client, { integration: 'plian', caseId: 'a' })
    await expect(leasing).rejects.toThrow(UserError)
    await expect(leasing).rejects.toThrow(
      'There is no integration "plian".\n  expected: one of "plain"\n  fix: write "plain"',
    )
  })

  test('of a provider that does not start is blocked with its log; the next is not', async () => {
    const { client, providers } = await ownerForTest(plainConfig(), { atOnce: 1 })
    const leasing = lease(client, 'a', { FAIL: 'exit' })
    await expect(leasing).rejects.toBeInstanceOf(Blocked)
    await expect(leasing).rejects.toMatchObject({
      parts: { log: 'cannot go on: the cellar is empty' },
    })
    expect(await providers()).toBe(0)
    expect((await ask(await lease(client, 'b'))).pid).toBeGreaterThan(0)
  })

  test('a mistake in the config is told before any server is started', async () => {
    const environment = { DATABASE_URL: '{databse.url}' }
    const plain = {
      provider: plainProvider({ environment }),
      dependencies: { database: { type: 'postgres' } },
    } as const
    const started: string[] = []
    const start = (what: string) => (): Promise<never> => {
      started.push(what)
      return Promise.reject(new Error('nothing should be started'))
    }
    const services = {
      postgres: start('PostgreSQL'),
      stubs: start('stubs'),
      redis: start('Redis'),
      rabbitmq: start('RabbitMQ'),
      programs: start('programs'),
      containers: start('containers'),
      startsProvidersIn: 'processes',
      unusedMappings: () => [],
      notices: () => [],
      close: () => Promise.resolve([]),
    } as const
    const { client } = await ownerForTest({ integrations: { plain } }, { services })
    await expect(lease(client)).rejects.toThrow('fix: write "{database.url}"')
    expect(started).toEqual([])
  })

  test('a provider that is given by its address gets no dependencies', async () => {
    const plain = {
      provider: { start: { url: 'http://127.0.0.1:1/api/' } },
      dependencies: { database: { type: 'postgres' } },
    } as const
    const { client } = await ownerForTest({ integrations: { plain } })
    const testbed = await lease(client)
    expect(testbed.description).toMatchObject({
      providerUrl: 'http://127.0.0.1:1/api',
      databases: {},
      links: [],
    })
    expect(() => testbed.database()).toThrow('has no database')
    await expect(testbed.restartProvider()).rejects.toThrow('is given by its url')
  })
})

describe('a testbed', () => {
  test('hands out the log of its provider, and starts it again at the same address', async () => {
    const { client } = await ownerForTest()
    const testbed = await lease(client, 'a', { COLOUR: 'red' })
    const before = await ask(testbed)
    await testbed.restartProvider({ COLOUR: 'blue' })
    const after = await ask(testbed)
    expect(after.pid).not.toBe(before.pid)
    expect([before.COLOUR, after.COLOUR]).toEqual(['red', 'blue'])
    await expect
      .poll(() => testbed.log())
      .toEqual(Array.from({ length: 2 }, () => expect.stringMatching(/^listening on \d+$/)))
  })

  test('a provider that does not come back blocks the case, not the testbed', async () => {
    const { client } = await ownerForTest()
    const testbed = await lease(client)
    await expect(testbed.restartProvider({ FAIL: 'exit' })).rejects.toBeInstanceOf(Blocked)
    await testbed.restartProvider({ FAIL: '' })
    expect((await ask(testbed)).pid).toBeGreaterThan(0)
  })

  test('what is kept stays open for a person, takes no place, and ends with the run', async () => {
    const { owner, client, folder } = await ownerForTest(plainConfig(), { atOnce: 1 })
    const kept = await lease(client, 'a')
    kept.keep()
    await kept[Symbol.asyncDispose]()
    const next = await lease(client, 'b')
    expect(owner.kept()).toEqual([kept.description])
    expect((await ask(kept)).pid).toBeGreaterThan(0)
    client.close()
    // Given back when the worker is gone, and closed in the background.
    await expect
      .poll(() =>
        ask(next).then(
          () => 'answers',
          () => 'gone',
        ),
      )
      .toBe('gone')
    expect((await ask(kept)).pid).toBeGreaterThan(0)
    await owner.close()
    expect(await remainsOf({ folder, ports: [] })).toEqual(nothing)
  })

  test('more are not kept than a person looks at', async () => {
    const { owner, client, providers } = await ownerForTest()
    for (const caseId of ['a', 'b', 'c', 'd', 'e']) {
      const testbed = await lease(client, caseId)
      testbed.keep()
      await testbed[Symbol.asyncDispose]()
    }
    expect(owner.kept()).toHaveLength(4)
    await expect.poll(() => providers()).toBe(4)
  })

  test("that was given back cannot be used, nor can another worker's", async () => {
    const { owner, client } = await ownerForTest()
    const stranger = await connectOwner(owner.address)
    const { id } = (await lease(client)).description
    await expect(stranger.call('log', { testbed: id })).rejects.toThrow('was given back already')
    await client.call('release', { testbed: id, keep: false, dirty: false })
    await expect(client.call('log', { testbed: id })).rejects.toThrow('was given back already')
  })
})

describe('a worker that is killed', () => {
  const worker = fileURLToPath(new URL('../testing/worker-process.ts', import.meta.url))

  test('gives back what it held and what it waited for', async () => {
    const { owner, client, providers } = await ownerForTest(plainConfig(), { atOnce: 2 })
    const child = fork(worker, [JSON.stringify(owner.address)], { execArgv: ['--no-warnings'] })
    await once(child, 'message')
    expect(await providers()).toBe(2)
    child.kill('SIGKILL')
    const testbeds = await Promise.all([lease(client, 'x'), lease(client, 'y')])
    expect(testbeds).toHaveLength(2)
    await expect.poll(() => providers()).toBe(2)
  })
})

describe('the owner', () => {
  test('closes while testbeds are being made and waited for', async () => {
    const { owner, client, folder, providers } = await ownerForTest(plainConfig(), { atOnce: 1 })
    const leases = ['a', 'b', 'c'].map((caseId) => lease(client, caseId, { FAIL: 'silent' }))
    const all = Promise.allSettled(leases)
    await expect.poll(() => providers()).toBe(1)
    await Promise.all([owner.close(), owner.close()])
    expect((await all).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    await expect(leases[0]).rejects.toThrow('fix: start the run again')
    expect(await remainsOf({ folder, ports: [] })).toEqual(nothing)
  })

  test('that is gone cannot be connected to', async () => {
    const { owner } = await ownerForTest()
    await owner.close()
    await expect(connectOwner(owner.address)).rejects.toThrow('The owner of the testbeds is gone')
  })

  test.each([
    ['a wrong word', '{"token":"wrong"}\n'],
    ['no word', 'null\n'],
    ['a call before the word', '{"id":1,"method":"lease","params":{}}\n'],
    ['what is no JSON', 'GET / HTTP/1.1\r\n'],
  ])('does not talk to who says %s', async (_, said) => {
    const { owner } = await ownerForTest()
    const socket = connect(owner.address.path)
    socket.write(said)
    socket.resume()
    await once(socket, 'close')
  })

  test('answers a method that there is not, and nonsense, with an error', async () => {
    const { client } = await ownerForTest()
    const call = (method: string, params: unknown): Promise<unknown> =>
      client.call(method as 'log', params as { testbed: string })
    await expect(call('constructor', {})).rejects.toThrow('knows no method "constructor"')
    await expect(call('lease', null)).rejects.toThrow(Error)
    await expect(call('log', { testbed: '__proto__' })).rejects.toThrow('given back already')
  })

  test('starts nothing but its reaper before it is asked', async () => {
    const { folder } = await ownerForTest()
    expect((await remainsOf({ folder, ports: [] })).processes).toHaveLength(1)
    expect((await readdir(folder)).toSorted()).toEqual(['owner', 'registry.jsonl'])
  })
})
