import { Agent, request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Blocked } from '../../model/user-error.ts'
import type { Custody } from '../custody.ts'
import { temporaryCustody } from '../testing/temporary-custody.ts'
import { temporaryFolder, type TemporaryFolder } from '../../testing/temporary-folder.ts'
import { openStubServers, type StubLease, type StubServers } from './stub-servers.ts'

const environment = Object.fromEntries(
  Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
)

let custody: Custody & AsyncDisposable
let project: TemporaryFolder
let stubs: StubServers
const pids: number[] = []

beforeAll(async () => {
  custody = await temporaryCustody()
  project = await temporaryFolder({
    'payments/mappings/pay.json': JSON.stringify({
      request: { method: 'POST', url: '/payments' },
      response: { status: 201, bodyFileName: 'paid.json' },
    }),
    'payments/__files/paid.json': '{ "status": "paid" }',
    'mail/any.json': JSON.stringify({ request: { urlPattern: '.*' }, response: { status: 202 } }),
    'broken/a-good.json': JSON.stringify({ request: { url: '/a' }, response: { status: 200 } }),
    'broken/b-bad.json': JSON.stringify({ request: { uri: '/a' }, response: { status: 200 } }),
  })
  const noting: Custody = {
    folder: custody.folder,
    spawn: async (...args) => {
      const owned = await custody.spawn(...args)
      pids.push(owned.pid)
      return owned
    },
  }
  // One server, so that each lease gets what the lease before it had.
  stubs = await openStubServers(noting, { root: project.path, java: {}, count: 1, environment })
})
afterAll(async () => {
  await stubs.close()
  await project[Symbol.asyncDispose]()
  await custody[Symbol.asyncDispose]()
})

const post = (url: string, path: string): Promise<Response> => fetch(url + path, { method: 'POST' })

test('what was asked and not planned is said, and which mappings of files nobody needed', async () => {
  expect(stubs.unusedMappings()).toEqual([])
  await leased('payments', async (lease) => {
    await post(lease.url, '/payment?x=1')
    await fetch(`${lease.url}/__admin/mappings`, {
      method: 'POST',
      body: JSON.stringify({ request: { method: 'GET', urlPath: '/rates' }, response: {} }),
    })
    expect(await lease.report()).toEqual({
      unmatched: ['POST /payment?x=1'],
      unused: ['GET /rates'],
    })
  })
  expect(stubs.unusedMappings()).toEqual(['payments/mappings/pay.json'])
  await leased('payments', async (lease) => {
    expect(await lease.report()).toEqual({ unmatched: [], unused: [] })
    await post(lease.url, '/payments')
    expect(await lease.report()).toEqual({ unmatched: [], unused: [] })
  })
  expect(stubs.unusedMappings()).toEqual([])
})

const leased = async (
  mappings: string | undefined,
  use: (lease: StubLease) => Promise<void>,
): Promise<void> => {
  const lease = await stubs.lease({
    type: 'wiremock',
    ...(mappings === undefined ? {} : { mappings }),
  })
  try {
    await use(lease)
  } finally {
    await lease.release()
  }
}

const send = (lease: StubLease, path: string, method = 'GET', body?: unknown): Promise<Response> =>
  fetch(`${lease.url}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })

const admin = async (lease: StubLease, path: string, method = 'GET', body?: unknown) => {
  const answer = await send(lease, `/__admin${path}`, method, body)
  expect(answer.ok).toBe(true)
  const text = await answer.text()
  return (text === '' ? {} : JSON.parse(text)) as {
    meta?: { total: number }
    settings?: Readonly<Record<string, unknown>>
  }
}

test('says which WireMock it is', () => {
  expect(stubs.versionText).toBe('WireMock 3.13.2')
})

test('answers by the mappings of the config, with bodies from __files', async () => {
  await leased('payments', async (lease) => {
    const answer = await send(lease, '/payments', 'POST')
    expect(answer.status).toBe(201)
    expect(await answer.json()).toEqual({ status: 'paid' })
    expect((await admin(lease, '/requests')).meta?.total).toBe(1)
  })
})

const fresh = async (): Promise<void> => {
  await leased(undefined, async (lease) => {
    expect((await send(lease, '/payments', 'POST')).status).toBe(404)
    expect((await admin(lease, '/mappings')).meta?.total).toBe(0)
    // Only the request above.
    expect((await admin(lease, '/requests')).meta?.total).toBe(1)
    expect((await admin(lease, '/scenarios')) as object).toEqual({ scenarios: [] })
    expect((await admin(lease, '/settings')).settings).toEqual({ proxyPassThrough: true })
    expect((await admin(lease, '/files')) as object).toEqual([])
  })
}

const answering = (more: object) => ({
  request: { url: '/payments' },
  response: { status: 200 },
  ...more,
})

describe('a lease begins with nothing of the one before', () => {
  test.each([
    ['mappings of its config', 'payments', []],
    ['requests', undefined, [['/requests/find', 'POST', {}]]],
    ['a mapping', undefined, [['/mappings', 'POST', answering({})]]],
    ['a saved mapping', undefined, [['/mappings', 'POST', answering({ persistent: true })]]],
    [
      'a scenario',
      undefined,
      [['/mappings', 'POST', answering({ scenarioName: 's', requiredScenarioState: 'Started' })]],
    ],
    ['a delay of all answers', undefined, [['/settings', 'POST', { fixedDelay: 3000 }]]],
    ['a file', undefined, [['/files/body.json', 'PUT', {}]]],
    [
      'a fault',
      undefined,
      [['/mappings', 'POST', answering({ response: { fault: 'CONNECTION_RESET_BY_PEER' } })]],
    ],
  ] as const)('%s', async (_, mappings, calls) => {
    await leased(mappings, async (lease) => {
      for (const [path, method, body] of calls) await admin(lease, path, method, body)
      await send(lease, '/other')
    })
    await fresh()
  })

  test('a slow answer that is still on its way enters the journal of its own lease', async () => {
    const late = Promise.withResolvers<void>()
    await leased(undefined, async (lease) => {
      await admin(
        lease,
        '/mappings',
        'POST',
        answering({ response: { fixedDelayMilliseconds: 800 } }),
      )
      const sent = request(`${lease.url}/payments`, (answer) => {
        answer.resume().once('end', () => late.resolve())
      })
      sent.end()
      await expect
        .poll(async () => (await admin(lease, '/requests')).meta?.total, { timeout: 5000 })
        .toBe(1)
    })
    await leased(undefined, async (lease) => {
      await late.promise
      expect((await admin(lease, '/requests')).meta?.total).toBe(0)
    })
  })

  test('a connection that is kept open gets no answer of the former lease', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const statusOf = (url: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const sent = request(url, { agent, method: 'POST' }, (answer) => {
          answer.resume().once('end', () => resolve(answer.statusCode))
        })
        sent.once('error', reject).end()
      })
    await leased('payments', async (lease) => {
      expect(await statusOf(`${lease.url}/payments`)).toBe(201)
    })
    await leased('mail', async (lease) => {
      expect(await statusOf(`${lease.url}/payments`)).toBe(202)
    })
    agent.destroy()
  })
})

test('a mapping that WireMock does not take is a mistake, with its file', async () => {
  const error = await stubs.lease({ type: 'wiremock', mappings: 'broken' }).catch((e: unknown) => e)
  expect(String(error)).toMatch(
    /^UserError: broken\/b-bad\.json: WireMock does not take this mapping: .*"uri"/,
  )
  // The server is not lost for it.
  const before = pids.length
  await leased('payments', async (lease) => {
    expect((await send(lease, '/payments', 'POST')).status).toBe(201)
  })
  expect(pids).toHaveLength(before)
})

test('a server that dies is told with its log, and replaced for the next lease', async () => {
  let port = 0
  await leased('payments', async (lease) => {
    port = lease.port
    expect(lease.failure()).toBeUndefined()
    await send(lease, '/last-words')
    process.kill(pids.at(-1) ?? 0, 'SIGKILL')
    await expect.poll(() => lease.failure(), { timeout: 5000 }).toBeInstanceOf(Blocked)
    expect(String(lease.failure())).toMatch(/A stub server ended while it was needed \(SIGKILL\)/)
    expect(lease.failure()?.parts.log).toMatch(/\/last-words/)
  })
  await leased('payments', async (lease) => {
    expect((await send(lease, '/payments', 'POST')).status).toBe(201)
    expect(lease.port).not.toBe(port)
  })
})

test('without Java and without network a lease is blocked by the one command that mends it', async () => {
  const hidden = await openStubServers(custody, {
    root: project.path,
    java: {},
    count: 1,
    environment: {
      PATH: '/nowhere',
      XDG_CACHE_HOME: project.path,
      HTTPS_PROXY: 'http://127.0.0.1:9',
    },
  })
  const error = await hidden.lease({ type: 'wiremock' }).catch((e: unknown) => e)
  expect(error).toBeInstanceOf(Blocked)
  expect((error as Blocked).parts.fix).toMatch(/install/)
  await hidden.close()
})
