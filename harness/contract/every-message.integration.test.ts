import type { RequestListener } from 'node:http'
import { describe, expect, test } from 'vitest'
import type { ProducedMessage } from './messages.ts'
import { planContract } from './plan/plan.ts'
import { readContract } from './read/read.ts'
import { contractText } from './testing/contract-text.ts'
import { inProcessWorld } from './testing/in-process-world.ts'
import { run } from './testing/running.ts'

const answering: RequestListener = (_, response) => {
  response.writeHead(200).end()
}

const json = (content: unknown) => ({ content, contentType: 'application/json', encoded: false })

const asynchronous = (more: Readonly<Record<string, unknown>>): string =>
  contractText('4.0', [{ type: 'Asynchronous/Messages', description: 'placed', ...more }])

const xml = (text: string): ProducedMessage => ({
  contents: text,
  metadata: { contentType: 'application/xml' },
})

/** What the contract says, what keeps it, what does not. */
const messages: readonly (readonly [string, string, ProducedMessage, ProducedMessage, string])[] = [
  [
    'version 3',
    contractText('3.0.0', [], {
      interactions: undefined,
      messages: [{ description: 'placed', contents: { id: 1 }, metaData: { topic: 'orders' } }],
    }),
    { contents: { id: 1 }, metadata: { topic: 'orders' } },
    { contents: { id: 1 }, metadata: { topic: 'other' } },
    'contract-metadata',
  ],
  [
    'version 4',
    asynchronous({ contents: json({ id: 1 }) }),
    { contents: { id: 1, more: true } },
    { contents: { id: 2 } },
    'contract-body',
  ],
  [
    'a rule',
    asynchronous({
      contents: json({ id: 1 }),
      matchingRules: { body: { '$.id': { combine: 'AND', matchers: [{ match: 'integer' }] } } },
    }),
    { contents: { id: 7 } },
    { contents: { id: 'seven' } },
    'contract-body',
  ],
  [
    'bytes',
    asynchronous({
      contents: { content: 'AAH/', contentType: 'application/octet-stream', encoded: 'base64' },
    }),
    { contents: Buffer.from([0, 1, 255]) },
    { contents: Buffer.from([0, 1, 254]) },
    'contract-body',
  ],
  [
    'XML',
    asynchronous({
      contents: { content: '<a>1</a>', contentType: 'application/xml', encoded: false },
    }),
    xml('<a>1</a>'),
    xml('<a>2</a>'),
    'contract-body',
  ],
  [
    'one that answers',
    contractText('4.0', [
      {
        type: 'Synchronous/Messages',
        description: 'placed',
        request: { contents: json({ id: 1 }) },
        response: [{ contents: json({ status: 'open' }) }],
      },
    ]),
    { contents: { status: 'open' } },
    { contents: { status: 'paid' } },
    'contract-body',
  ],
]

describe('whatever a contract says of a message, one that keeps it is verified, and another is not', () => {
  test.each(messages)('%s', async (_, text, right, wrong, code) => {
    const judged = async (said: ProducedMessage) => {
      await using world = await inProcessWorld(answering)
      const { verdict, findings } = await run(text, world, { producers: { placed: () => said } })
      return { verdict, codes: findings.map((finding) => finding.code) }
    }
    expect(await judged(right)).toEqual({ verdict: 'verified', codes: [] })
    expect(await judged(wrong)).toEqual({ verdict: 'failed', codes: [code] })
  })
})

test('requests and messages of one file are each of their own kind', () => {
  const text = contractText(
    '4.0',
    [
      {
        type: 'Synchronous/HTTP',
        description: 'get',
        request: { method: 'GET', path: '/' },
        response: {},
      },
      { type: 'Asynchronous/Messages', description: 'placed' },
      { type: 'Synchronous/Messages', description: 'ask', request: {}, response: [{}] },
      { type: 'Asynchronous/Messages', description: 'csv', pluginConfiguration: { csv: {} } },
    ],
    {
      metadata: {
        pactSpecification: { version: '4.0' },
        plugins: [{ name: 'csv', version: '0.0.6' }],
      },
    },
  )
  const cases = planContract(readContract('c.json', text), {
    integration: 'orders',
    producers: ['placed', 'ask'],
  })
  expect(cases.map(({ detail, ruling }) => [detail.interaction.kind, ruling?.reason])).toEqual([
    ['http', undefined],
    ['asynchronous-message', undefined],
    ['synchronous-message', undefined],
    ['asynchronous-message', 'It needs the Pact plugin csv 0.0.6, and Proofbook runs no plugins.'],
  ])
})
