import { copyFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { IntegrationConfig, ValidConfig } from '../../config/schema.ts'
import { connectOwner, leaseTestbed } from '../lease.ts'
import type { Testbed } from '../testbed.ts'
import { openCustody } from '../custody/open-custody.ts'
import type { Engine } from '../engine/engine.ts'
import { engineForTest, onEngine } from '../testing/engine-for-test.ts'
import { temporaryFolder, type TemporaryFolder } from '../../testing/temporary-folder.ts'
import { startOwner } from './owner.ts'
import { openServices } from './services.ts'

const script = fileURLToPath(new URL('../testing/provider.mjs', import.meta.url))
const dockerfile = `FROM node:24-slim
COPY provider.mjs /provider.mjs
ENV HOST=0.0.0.0
EXPOSE 8080
CMD ["node", "/provider.mjs", "8080"]
`
const echo =
  "require('net').createServer((s) => s.pipe(s)).listen(5672, () => console.log('ready'))"

const provider: IntegrationConfig['provider'] = {
  start: { build: 'image' },
  ready: { http: '/health', within: '60s' },
  environment: {
    DATABASE_URL: '{database.url}',
    PAYMENTS_URL: '{payments.url}',
    QUEUE: '{queue.host} {queue.port}',
  },
}
const dependencies = {
  database: { type: 'postgres' },
  payments: { type: 'wiremock' },
  queue: {
    type: 'container',
    image: 'node:24-slim',
    port: 5672,
    command: ['node', '-e', echo],
    ready: { log: 'ready' },
  },
} satisfies IntegrationConfig['dependencies']

let project: TemporaryFolder
let engine: Engine
beforeAll(async () => {
  engine = await engineForTest()
  project = await temporaryFolder({ 'image/Dockerfile': dockerfile })
  await copyFile(script, join(project.path, 'image/provider.mjs'))
})
afterAll(() => project[Symbol.asyncDispose]())

const inherited = { ...process.env, PROOFBOOK_PULL: 'never' }

type Lease = (caseId: string) => Promise<Testbed>

/** An owner on an engine that may say other things of itself. */
const open = async (
  integration: Partial<IntegrationConfig> = {},
  onEngineThatIs: Partial<Engine> = {},
): Promise<{ readonly lease: Lease; readonly close: () => Promise<void> }> => {
  const config: ValidConfig = {
    runtime: 'containers',
    integrations: { shop: { provider, dependencies, ...integration } },
  }
  const custody = await openCustody([join(project.path, 'runs')])
  const services = openServices(custody, {
    root: project.path,
    runtime: { kind: 'containers', reason: '', engine: { ...engine, ...onEngineThatIs } },
    java: {},
    stubsAtOnce: 4,
    inherited,
  })
  const owner = await startOwner({
    root: project.path,
    config,
    inherited,
    services,
    runs: [join(project.path, 'runs')],
  })
  const client = await connectOwner(owner.address)
  return {
    lease: (caseId) => leaseTestbed(client, { integration: 'shop', caseId }),
    close: async () => {
      client.close()
      await owner.close()
      await custody.close()
      expect(owner.notices).toEqual([])
      expect(await onEngine(engine, custody.runId)).toEqual([])
    },
  }
}

/** Leases testbeds of an owner of a test's own. */
const leasing = async (...args: Parameters<typeof open>): Promise<Lease> => {
  const { lease, close } = await open(...args)
  onTestFinished(close)
  return lease
}

interface Told {
  readonly DATABASE_URL: string
  readonly PAYMENTS_URL: string
  readonly QUEUE: string
  readonly COLOUR?: string
  readonly all: readonly string[]
}

const told = async ({ description: { providerUrl } }: Testbed): Promise<Told> =>
  (await (await fetch(providerUrl)).json()) as Told

const accepts = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port })
    socket.once('connect', () => resolve(socket.destroy() !== undefined))
    socket.once('error', () => resolve(false))
  })

describe('a testbed all of whose parts are containers', () => {
  let lease: Lease
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ lease, close } = await open())
  })
  afterAll(() => close())

  test('says what it is made of; the provider is told where links are', async () => {
    await using testbed = await lease('a')
    const { description } = testbed
    expect(description.madeOf).toEqual([
      'provider shop: container built from image, a process for each case',
      expect.stringMatching(/^database: PostgreSQL 17\.\d+, container postgres:17$/),
      'payments: WireMock 3.13.2, a stub in a container wiremock/wiremock:3.13.2',
      'queue: container node:24-slim',
    ])
    expect(description.providerUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    const { DATABASE_URL, PAYMENTS_URL, QUEUE, all } = await told(testbed)
    expect(new URL(DATABASE_URL).hostname).toBe('host.docker.internal')
    expect(DATABASE_URL).toBe(description.values['database.url'])
    expect(PAYMENTS_URL).toBe(description.values['payments.url'])
    expect(QUEUE).toMatch(/^host\.docker\.internal \d+$/)
    expect(all).not.toContain('DOCKER_HOST')

    expect(await testbed.database().query('SELECT 1 AS one')).toEqual([{ one: 1 }])
    expect((await fetch(`${testbed.stub().url}/pay`)).status).toBe(404)
    expect(await testbed.log()).toEqual(['listening on 8080'])
    expect(await testbed.dependencyLog?.()).toEqual(['[queue] ready'])
  })

  test('links listen on the gateway of the bridge, and on no other address', async () => {
    await using testbed = await lease('a')
    const port = Number(testbed.description.values['queue.port'])
    const { links } = engine
    if (!('listen' in links)) throw new Error('this engine has no links')
    expect(await accepts(links.listen, port)).toBe(true)
    expect(await accepts('127.0.0.1', port)).toBe(false)
  })

  test('a toxic on a link is felt in the container, and lifted', async () => {
    await using testbed = await lease('a')
    const reached = async (): Promise<number | string> =>
      (await (await fetch(`${testbed.description.providerUrl}/payments`)).json()) as number | string
    expect(await reached()).toBe(404)
    const toxic = await testbed.link('payments').add({ type: 'down' })
    expect(await reached()).toBe('unreachable')
    await expect.poll(() => toxic.firstBite()).toBeGreaterThan(0)
    await toxic.remove()
    expect(await reached()).toBe(404)
  })

  test('a restart keeps the address and the log, and changes settings', async () => {
    await using testbed = await lease('a')
    const { providerUrl } = testbed.description
    await testbed.restartProvider({ COLOUR: 'red' })
    expect(testbed.description.providerUrl).toBe(providerUrl)
    expect((await told(testbed)).COLOUR).toBe('red')
    expect(await testbed.log()).toEqual(['listening on 8080', 'listening on 8080'])
  })

  test('two at once have containers of their own', async () => {
    await using a = await lease('a')
    await using b = await lease('b')
    const [one, two] = [await told(a), await told(b)]
    expect(new Set([one.DATABASE_URL, two.DATABASE_URL, one.QUEUE, two.QUEUE]).size).toBe(4)
    expect(a.description.providerUrl).not.toBe(b.description.providerUrl)
  })

  test('a command runs on this machine, its dependencies in containers', async () => {
    const command = [process.execPath, script, '{port}']
    const lease = await leasing({ provider: { ...provider, start: { command } } })
    await using testbed = await lease('a')
    expect(new URL((await told(testbed)).DATABASE_URL).hostname).toBe('127.0.0.1')
    const toxic = await testbed.link('payments').add({ type: 'down' })
    expect(await accepts('127.0.0.1', Number(testbed.description.values['payments.port']))).toBe(
      false,
    )
    await toxic.remove()
  })
})

describe('a provider that does not get ready', () => {
  test('says its exit code and last lines at once', async () => {
    const lease = await leasing({
      provider: { ...provider, environment: { FAIL: 'exit' }, ready: { port: true } },
      dependencies: {},
    })
    await expect(lease('a')).rejects.toMatchObject({
      name: 'Blocked',
      parts: {
        problem: expect.stringMatching(/^The provider "shop" ended with exit code 3 /),
        log: 'cannot go on: the cellar is empty',
      },
    })
  })

  test('says what was last seen when its time is over', async () => {
    const lease = await leasing({
      provider: {
        ...provider,
        environment: { FAIL: 'silent' },
        ready: { port: true, within: '2s' },
      },
      dependencies: {},
    })
    await expect(lease('a')).rejects.toThrow(
      /The provider "shop" was not ready within 2s: connection refused\.\n {2}expected: it listens on port \d+/,
    )
  })

  test('is a mistake in the config where its port is not known', async () => {
    const start = { image: 'node:24-slim' }
    const bare = { ...provider, start, environment: {} }
    const lease = await leasing({ provider: bare, dependencies: {} })
    await expect(lease('a')).rejects.toThrow(
      /Which port the provider listens on is not known: .*\n.*\n {2}fix: add port to integrations\.shop\.provider\.start/,
    )
  })
})

describe('on an engine whose containers reach no link', () => {
  const links = { blocked: 'the engine is on another machine' }

  test('the provider finds its dependencies beside it, and a fault on a link is blocked', async () => {
    const lease = await leasing({}, { links, bridged: false })
    await using testbed = await lease('a')
    const { DATABASE_URL } = await told(testbed)
    expect(new URL(DATABASE_URL).port).toBe('5432')
    expect(testbed.description.links).toEqual([])
    expect(() => testbed.link('payments')).toThrow(
      'No fault can be put on the link "payments": the engine is on another machine.',
    )
  })

  test('a command still has links', async () => {
    const command = [process.execPath, script, '{port}']
    const lease = await leasing({ provider: { ...provider, start: { command } } }, { links })
    await using testbed = await lease('a')
    expect(testbed.description.links.toSorted()).toEqual(['database', 'payments', 'queue'])
    await testbed.link('payments').reset()
  })
})
