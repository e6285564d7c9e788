import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import { tmpdir } from 'node:os'
import { setTimeout } from 'node:timers/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { Credential } from '../../model/credential.ts'
import { stateHandlersOf, type StateSetup } from '../states.ts'
import { contractText, getting } from '../testing/contract-text.ts'
import { inProcessWorld } from '../testing/in-process-world.ts'
import { listening, run } from '../testing/running.ts'

const admin: Credential = {
  name: 'admin',
  fields: [{ in: 'header', name: 'Authorization', value: 'Bearer real-token' }],
}

test('what went over the wire is in the journal and in the request of the evidence', async () => {
  const { provider } = listening('{"id":1}')
  await using world = await inProcessWorld(provider)
  const { seen } = await run(getting({ status: 200, body: { id: 1 } }), world)
  expect(seen.exchanges).toHaveLength(1)
  expect(seen.exchanges?.[0]?.answer).toMatchObject({
    status: 200,
    body: new TextEncoder().encode('{"id":1}'),
  })
  expect(seen.request).toMatchObject({ method: 'GET', url: `${world.providerUrl}/orders/1` })
  expect(seen.request?.headers.map(([name]) => name.toLowerCase())).not.toContain('host')
  expect(world.journal.events[0]?.exchange).toBe(seen.exchanges?.[0])
})

const authorized = (status: number): string =>
  contractText('3.0.0', [
    {
      description: 'a request',
      request: {
        method: 'GET',
        path: '/orders',
        headers: { Authorization: 'Bearer recorded' },
        generators: { header: { Authorization: { type: 'RandomString' } } },
      },
      response: { status },
    },
  ])

describe('the recorded credential', () => {
  test('is replaced by the first, and the journal says so without the value', async () => {
    const { asked, provider } = listening()
    await using world = await inProcessWorld(provider, { credentials: [admin] })
    await run(authorized(200), world)
    expect(asked[0]?.headers.authorization).toBe('Bearer real-token')
    expect(world.notes()[0]).toBe('header Authorization: the recorded value replaced by "admin"')
  })

  test('stays where the contract expects 401', async () => {
    const { asked, provider } = listening()
    await using world = await inProcessWorld(provider, { credentials: [admin] })
    await run(authorized(401).replace('RandomString', 'Unknown'), world)
    expect(asked[0]?.headers.authorization).not.toBe('Bearer real-token')
    expect(world.notes().join()).not.toContain('replaced')
  })
})

const withEndpoint = (status: number, body: string) => {
  const { asked, provider } = listening()
  return {
    asked,
    provider: ((request, response) => {
      if (request.url === '/_pact/states') response.writeHead(status).end(body)
      else provider(request, response)
    }) satisfies RequestListener,
  }
}

describe('provider states', () => {
  const stated = getting(
    { status: 200 },
    {
      request: {
        method: 'GET',
        path: '/orders/1',
        generators: {
          path: { type: 'ProviderState', expression: '/orders/${id}', dataType: 'STRING' },
        },
      },
      providerStates: [{ name: 'an order exists', params: { status: 'open' } }],
    },
  )

  test('get parameters and testbed, and hand values back for the request', async () => {
    const { asked, provider } = listening()
    await using world = await inProcessWorld(provider)
    const calls: unknown[] = []
    const { verdict } = await run(stated, world, {
      handlers: {
        'an order exists': {
          setup: (parameters, testbed) => {
            calls.push(['setup', parameters, testbed.description.id])
            return { id: 42 }
          },
          teardown: () => void calls.push(['teardown']),
        },
      },
    })
    expect(verdict).toBe('verified')
    expect(asked.map(({ url }) => url)).toEqual(['/orders/42'])
    expect(calls).toEqual([['setup', { status: 'open' }, 'in-process'], ['teardown']])
    expect(world.notes()).toContain('state "an order exists": setup done')
  })

  test('that throw fail at once, with the line of the handler', async () => {
    const { asked, provider } = listening()
    await using world = await inProcessWorld(provider)
    const folder = await mkdtemp(join(tmpdir(), 'states-'))
    try {
      const file = join(folder, 'orders.states.ts')
      await writeFile(
        file,
        [
          'interface Order {',
          '  readonly id: number',
          '}',
          'export default {',
          "  'an order exists': async (order: Order) => {",
          "    throw new Error('no table')",
          '  },',
          '}',
        ].join('\n'),
      )
      const handlers = stateHandlersOf(file, await import(pathToFileURL(file).href))
      const { verdict, findings } = await run(stated, world, { handlers })
      expect(verdict).toBe('failed')
      expect(findings).toHaveLength(1)
      expect(findings[0]?.summary).toContain('no table')
      expect(findings[0]?.place).toMatchObject({ line: 6, column: 11 })
      expect(findings[0]?.place.file).toMatch(/orders\.states\.ts$/)
      expect(asked).toEqual([])
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  test.each<[string, () => unknown, string]>([
    ['an array', () => [1], 'the handler returned an array'],
    ['a number', () => 1, 'the handler returned a number'],
    ['what JSON cannot hold', () => ({ id: 1n }), 'BigInt'],
  ])('that return %s fail', async (_, setup, message) => {
    await using world = await inProcessWorld(listening().provider)
    const handlers = { 'an order exists': setup as StateSetup }
    const { findings } = await run(stated, world, { handlers })
    expect(findings.map(({ code }) => code)).toEqual(['contract-state-failed'])
    expect(findings[0]?.actual).toContain(message)
  })

  test('may take longer than the provider may for its answer', async () => {
    const { asked, provider } = listening()
    await using world = await inProcessWorld(provider)
    const { verdict, findings } = await run(stated, world, {
      timeoutMilliseconds: 200,
      handlers: {
        'an order exists': async () => {
          await setTimeout(600)
          return { id: 44 }
        },
      },
    })
    expect(findings).toEqual([])
    expect({ verdict, asked: asked.map(({ url }) => url) }).toEqual({
      verdict: 'verified',
      asked: ['/orders/44'],
    })
  })

  test.each(['setup', 'teardown'] as const)(
    'whose %s never ends are given up on',
    async (action) => {
      const { provider } = listening()
      await using world = await inProcessWorld(provider)
      const handler = { setup: () => ({ id: 45 }), [action]: () => new Promise<void>(() => {}) }
      const { findings } = await run(stated, world, {
        stateTimeoutMilliseconds: 100,
        handlers: { 'an order exists': handler },
      })
      expect(findings.map(({ code, summary }) => `${code}: ${summary}`)).toEqual([
        `contract-state-failed: The ${action} of the provider state "an order exists" failed: it was not done within 0.1 s`,
      ])
    },
  )

  test('take nothing of the time that the provider has, nor give it more', async () => {
    await using world = await inProcessWorld(() => {})
    const started = performance.now()
    const { findings } = await run(stated, world, {
      timeoutMilliseconds: 300,
      handlers: { 'an order exists': () => ({ id: 46 }) },
    })
    expect(performance.now() - started).toBeLessThan(5000)
    expect(findings.map(({ summary }) => summary)).toEqual([
      'The provider gave no answer: no answer within 0.3 s.',
    ])
  })

  test('an answer that begins and never ends is none', async () => {
    await using world = await inProcessWorld((_, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' }).write('{"id":')
    })
    const { findings } = await run(getting({ status: 200, body: { id: 1 } }), world, {
      timeoutMilliseconds: 300,
    })
    expect(findings.map(({ code, summary }) => `${code}: ${summary}`)).toEqual([
      'contract-no-answer: The provider gave no answer: no whole answer within 0.3 s.',
    ])
  })

  test('can be set up by the provider itself', async () => {
    const { asked, provider } = withEndpoint(200, '{"id": 43}')
    await using world = await inProcessWorld(provider)
    const { verdict } = await run(stated, world, { statesPath: '/_pact/states' })
    expect(verdict).toBe('verified')
    expect(asked[0]?.url).toBe('/orders/43')
  })

  test('whose endpoint answers 500 fail at once, not after two minutes', async () => {
    const { asked, provider } = withEndpoint(500, 'no such state')
    await using world = await inProcessWorld(provider)
    const started = performance.now()
    const { findings } = await run(stated, world, { statesPath: '/_pact/states' })
    expect(performance.now() - started).toBeLessThan(5000)
    expect(findings[0]?.summary).toContain('POST /_pact/states answered 500: no such state')
    expect(asked).toEqual([])
  })
})

test('a redirect is an answer, and is not followed', async () => {
  const asked: (string | undefined)[] = []
  await using world = await inProcessWorld((request, response) => {
    asked.push(request.url)
    response.writeHead(302, { Location: '/elsewhere' }).end()
  })
  const { findings } = await run(
    getting({ status: 302, headers: { Location: '/elsewhere' } }),
    world,
  )
  expect(findings).toEqual([])
  expect(asked).toEqual(['/orders/1'])
})

test('plugins that only the metadata names do no harm', async () => {
  await using world = await inProcessWorld(listening().provider)
  const text = contractText(
    '4.0',
    [
      {
        type: 'Synchronous/HTTP',
        description: 'd',
        request: { method: 'GET', path: '/' },
        response: { status: 200 },
      },
    ],
    {
      metadata: {
        pactSpecification: { version: '4.0' },
        plugins: [{ name: 'protobuf', version: '0.1.0', configuration: {} }],
      },
    },
  )
  expect((await run(text, world)).verdict).toBe('verified')
})

test('a pending interaction that fails is red', async () => {
  await using world = await inProcessWorld(listening().provider)
  const text = contractText('4.0', [
    {
      type: 'Synchronous/HTTP',
      pending: true,
      description: 'd',
      request: { method: 'GET', path: '/' },
      response: { status: 201 },
    },
  ])
  expect(await run(text, world)).toMatchObject({
    verdict: 'failed',
    findings: [{ code: 'contract-status' }],
    reason: 'The contract marks the interaction as pending.',
  })
})
