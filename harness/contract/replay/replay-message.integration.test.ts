import type { RequestListener } from 'node:http'
import { describe, expect, test } from 'vitest'
import type { MessageProducer } from '../messages.ts'
import { contractText } from '../testing/contract-text.ts'
import { inProcessWorld } from '../testing/in-process-world.ts'
import { run } from '../testing/running.ts'

const idle: RequestListener = (_, response) => response.writeHead(404).end()
const json = { contentType: 'application/json', encoded: false }

const three = contractText('3.0.0', [], {
  messages: [
    {
      description: 'placed',
      providerStates: [{ name: 'an order exists', params: { status: 'open' } }],
      contents: { orderId: 1 },
      metaData: { contentType: 'application/json', topic: 'orders' },
      matchingRules: { body: { '$.orderId': { matchers: [{ match: 'integer' }] } } },
    },
  ],
})

const asked = contractText('4.0', [
  {
    type: 'Synchronous/Messages',
    description: 'asked',
    request: { contents: { ...json, content: { id: 7 } }, metadata: { replyTo: 'web' } },
    response: [{ contents: { ...json, content: { status: 'open' } }, metadata: { key: 'k' } }],
  },
])

const asynchronous = (more: Readonly<Record<string, unknown>>): string =>
  contractText('4.0', [{ type: 'Asynchronous/Messages', description: 'placed', ...more }])

const produce = (produced: ReturnType<MessageProducer>): Record<string, MessageProducer> => ({
  placed: () => produced,
})

describe('a producer', () => {
  test('gets the testbed, the parameters of the states, and what their handlers returned', async () => {
    await using world = await inProcessWorld(idle)
    const calls: unknown[] = []
    const { verdict } = await run(three, world, {
      handlers: { 'an order exists': () => ({ orderId: 42 }) },
      producers: {
        placed: (parameters, testbed) => {
          calls.push([testbed.description.id, parameters])
          return { contents: parameters, metadata: { topic: 'orders' } }
        },
      },
    })
    expect(verdict).toBe('verified')
    expect(calls).toEqual([['in-process', { status: 'open', orderId: 42 }]])
    expect(world.notes()).toEqual([
      'state "an order exists": setup done',
      'message produced: {"status":"open","orderId":42} with metadata {"topic":"orders"}',
      'state "an order exists": teardown done',
    ])
  })

  test('of a synchronous message gets its request', async () => {
    await using world = await inProcessWorld(idle)
    const requests: unknown[] = []
    const answer = (status: string) => (_: unknown, __: unknown, request: unknown) => {
      requests.push(request)
      return { contents: { status }, metadata: { key: 'k' } }
    }
    expect(await run(asked, world, { producers: { asked: answer('open') } })).toMatchObject({
      verdict: 'verified',
    })
    expect(requests).toEqual([{ contents: { id: 7 }, metadata: { replyTo: 'web' } }])
    expect(await run(asked, world, { producers: { asked: answer('paid') } })).toMatchObject({
      verdict: 'failed',
      findings: [{ code: 'contract-body', place: { pointer: expect.stringMatching(/status$/) } }],
    })
  })

  test('that hangs is given up on', async () => {
    await using world = await inProcessWorld(idle)
    const never = produce(new Promise(() => {}))
    const { findings } = await run(asynchronous({}), world, {
      producers: never,
      timeoutMilliseconds: 100,
    })
    expect(findings.map(({ summary }) => summary)).toEqual([
      'The message "placed" could not be produced: no message within 0.1 s',
    ])
    expect(world.dirty()).toBe(true)
  })

  test('is not asked in a state that failed', async () => {
    await using world = await inProcessWorld(idle)
    let asked = 0
    const { findings } = await run(three, world, {
      handlers: {
        'an order exists': () => {
          throw new Error('no table')
        },
      },
      producers: { placed: () => ({ contents: (asked += 1) }) },
    })
    expect(findings.map(({ code }) => code)).toEqual(['contract-state-failed'])
    expect(asked).toBe(0)
  })
})

describe('contents and metadata', () => {
  const topic = { topic: 'orders' }
  test.each<[string, Readonly<Record<string, unknown>>, ReturnType<MessageProducer>, string]>([
    [
      'bytes',
      { contents: { content: 'AP8=', encoded: 'base64', contentType: 'application/octet-stream' } },
      { contents: Buffer.from([0, 255]) },
      '',
    ],
    [
      'other bytes',
      { contents: { content: 'AP8=', encoded: 'base64', contentType: 'application/octet-stream' } },
      { contents: Buffer.from([0, 254]) },
      'contract-body',
    ],
    [
      'a text',
      { contents: { content: 'hello', encoded: false, contentType: 'text/plain' } },
      { contents: 'hello' },
      '',
    ],
    ['nothing asked for', {}, { contents: { any: 1 } }, ''],
    [
      'a way that nobody serves',
      { transport: 'kafka', contents: { ...json, content: 1 } },
      { contents: 1 },
      '',
    ],
    [
      'a rule on metadata',
      {
        metadata: topic,
        matchingRules: {
          metadata: { topic: { matchers: [{ match: 'regex', regex: 'orders|x' }] } },
        },
      },
      { contents: '', metadata: { topic: 'x' } },
      '',
    ],
    [
      'a rule on metadata that is broken',
      {
        metadata: topic,
        matchingRules: {
          metadata: { topic: { matchers: [{ match: 'regex', regex: 'orders|x' }] } },
        },
      },
      { contents: '', metadata: { topic: 'y' } },
      'contract-metadata',
    ],
  ])('%s', async (_, message, produced, code) => {
    await using world = await inProcessWorld(idle)
    const { findings } = await run(asynchronous(message), world, { producers: produce(produced) })
    expect(findings.map((finding) => finding.code).join()).toBe(code)
  })
})

const endpoint =
  (status: number, body: string, headers: Readonly<Record<string, string>> = {}): RequestListener =>
  (request, response) => {
    response.writeHead(request.url === '/_pact/messages' ? status : 404, headers).end(body)
  }

describe('a provider that says its messages itself', () => {
  const metadata = Buffer.from('{"topic":"orders"}').toString('base64')
  const headers = { 'Content-Type': 'application/json', 'Pact-Message-Metadata': metadata }
  const text = asynchronous({ contents: { ...json, content: 1 }, metadata: { topic: 'orders' } })

  test('is asked in Pact’s own protocol', async () => {
    await using world = await inProcessWorld(endpoint(200, '1', headers))
    const { verdict, seen } = await run(text, world, { messagesPath: '/_pact/messages' })
    expect(verdict).toBe('verified')
    expect(seen.request).toMatchObject({
      method: 'POST',
      url: `${world.providerUrl}/_pact/messages`,
    })
    expect(Buffer.from(seen.request?.body ?? []).toString()).toBe('{"description":"placed"}')
  })

  test('and says another one has a line for curl', async () => {
    await using world = await inProcessWorld(endpoint(200, '2', headers))
    const { findings } = await run(text, world, { messagesPath: '/_pact/messages' })
    expect(findings).toMatchObject([{ code: 'contract-body', request: { method: 'POST' } }])
  })

  test.each([
    [404, 'POST /_pact/messages answered 404: not here'],
    [500, 'POST /_pact/messages answered 500: not here'],
  ])('and answers %i is red, also where nothing is expected', async (status, words) => {
    await using world = await inProcessWorld(endpoint(status, 'not here'))
    const started = performance.now()
    const { findings } = await run(asynchronous({}), world, { messagesPath: '/_pact/messages' })
    expect(findings.map(({ code, actual }) => [code, actual])).toEqual([
      ['contract-message-failed', words],
    ])
    expect(performance.now() - started).toBeLessThan(5000)
  })

  test('and closes the connection is red', async () => {
    await using world = await inProcessWorld((request) => request.socket.destroy())
    const { findings } = await run(asynchronous({}), world, { messagesPath: '/_pact/messages' })
    expect(findings.map(({ code }) => code)).toEqual(['contract-message-failed'])
  })
})
