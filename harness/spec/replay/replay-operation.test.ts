import { describe, expect, test } from 'vitest'
import type { Credential } from '../../model/credential.ts'
import { planSpec } from '../plan/plan-spec.ts'
import { goodOrder, orderDocument, specFrom } from '../testing/document.ts'
import { json, tinyProvider } from '../testing/provider.ts'
import { tinyWorld } from '../testing/world.ts'
import type { PlannedRequest } from '../types.ts'
import { completeRequest } from './ask.ts'
import { replayOperation } from './replay-operation.ts'

const planned = (more: Partial<PlannedRequest> = {}): PlannedRequest => ({
  name: 'generated',
  method: 'GET',
  target: '/v1/orders?page=1',
  basePath: '/v1',
  headers: [['Accept', 'application/json']],
  credentials: [],
  ...more,
})

const credential = (fields: Credential['fields']): Credential => ({ name: 'a', fields })

describe('a complete request', () => {
  test.each([
    ['http://h', 'http://h/v1/orders?page=1'],
    ['http://h/', 'http://h/v1/orders?page=1'],
    ['http://h/v1', 'http://h/v1/orders?page=1'],
    ['http://h/v1/', 'http://h/v1/orders?page=1'],
    ['http://h/staging', 'http://h/staging/v1/orders?page=1'],
  ])('%s is joined with the base path once', (address, url) => {
    expect(completeRequest(planned(), address, []).url).toBe(url)
  })

  test('a credential replaces what the plan has in its place', () => {
    const request = completeRequest(
      planned({
        credentials: ['a'],
        headers: [
          ['x-key', 'documented'],
          ['Cookie', 'sid=documented; lang=en'],
        ],
        target: '/o?key=documented&page=1',
      }),
      'http://h',
      [
        credential([
          { in: 'header', name: 'X-Key', value: 'k' },
          { in: 'query', name: 'key', value: 'a b' },
          { in: 'cookie', name: 'sid', value: 's' },
        ]),
      ],
    )
    expect(request.url).toBe('http://h/o?page=1&key=a%20b')
    expect(request.headers).toEqual([
      ['X-Key', 'k'],
      ['Cookie', 'lang=en; sid=s'],
    ])
  })

  test('one that the integration has not is an error', () => {
    expect(() => completeRequest(planned({ credentials: ['b'] }), 'http://h', [])).toThrow(
      'the credential "b"',
    )
  })
})

describe('replay', () => {
  test('sends on one testbed, notes each exchange, and gives the testbed back', async () => {
    await using provider = await tinyProvider(json(200, goodOrder))
    const world = tinyWorld(provider.url)
    const [testCase] = planSpec(await specFrom(orderDocument()), {
      integration: 'orders',
      credentials: [],
      seed: 1,
    })
    if (testCase === undefined) throw new Error('Nothing was planned.')
    const { exchanges } = await replayOperation(testCase, world)
    expect(exchanges.map(({ exchange }) => exchange.answer?.status)).toEqual([200])
    expect(
      world.journal.events.map(({ what, exchange }) => [what, exchange?.answer?.status]),
    ).toEqual([['GET /orders/{id} (documented example)', 200]])
    expect(world.happened).toEqual({ leases: 1, closes: 1, isDirty: false })
  })

  test('a provider that failed is not used again', async () => {
    await using provider = await tinyProvider(json(500, {}))
    const world = tinyWorld(provider.url)
    const [testCase] = planSpec(await specFrom(orderDocument()), {
      integration: 'orders',
      credentials: [],
      seed: 1,
    })
    if (testCase === undefined) throw new Error('Nothing was planned.')
    await replayOperation(testCase, world)
    expect(world.happened.isDirty).toBe(true)
  })
})
