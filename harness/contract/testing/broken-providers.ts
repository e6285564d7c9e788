import type { RequestListener } from 'node:http'
import type { ContractCode } from '../codes.ts'
import type { ReplayOptions } from '../replay/options.ts'
import type { ProducedMessage } from '../messages.ts'
import { contractText, getting } from './contract-text.ts'

const json = { 'Content-Type': 'application/json' }

/** A provider that gives every request this answer. */
export const answering =
  (
    body: string | Buffer,
    status = 200,
    headers: Record<string, string | string[]> = json,
  ): RequestListener =>
  (_, response) => {
    response.writeHead(status, headers).end(body)
  }

export const order = '{"id":1,"status":"open","lines":[{"sku":"A-1","quantity":2}]}'

/** The contract that {@link soundProvider} keeps, and each of {@link brokenProviders} breaks in one point. */
export const contract = getting(
  {
    status: 200,
    headers: { 'Content-Type': 'application/json', 'X-Version': '7' },
    body: JSON.parse(order) as unknown,
    matchingRules: {
      body: {
        '$.status': { matchers: [{ match: 'regex', regex: 'open|paid' }] },
        '$.lines': { matchers: [{ match: 'type', min: 1 }] },
        '$.lines[*].quantity': { matchers: [{ match: 'integer' }] },
      },
    },
  },
  { providerStates: [{ name: 'order 1 exists', params: { id: 1 } }] },
)

export const handlers = { 'order 1 exists': () => undefined }
export const headers = { ...json, 'X-Version': '7' }

/** A provider that keeps the contract. */
export const soundProvider = answering(order, 200, headers)

/** A contract of one message, which {@link saying} a sound one keeps. */
export const messageContract = contractText('4.0', [
  {
    type: 'Asynchronous/Messages',
    description: 'order 1 was placed',
    contents: { contentType: 'application/json', encoded: false, content: { orderId: 1 } },
    metadata: { contentType: 'application/json', topic: 'orders' },
  },
])

/** What keeps {@link messageContract}. */
export const soundMessage: ProducedMessage = {
  contents: { orderId: 1 },
  metadata: { topic: 'orders' },
}

/** Replays {@link messageContract} with a producer that says this. */
export const saying = (produce: () => ProducedMessage) => ({
  contract: messageContract,
  options: { producers: { 'order 1 was placed': produce } },
})

/** A provider, or what surrounds it, with one thing wrong; and what is said of it. */
export interface BrokenProvider {
  readonly name: string
  /** Default: the sound one. */
  readonly provider?: RequestListener
  readonly options?: ReplayOptions
  /** Default: {@link contract}. */
  readonly contract?: string
  /** The line of the contract that the finding points at. */
  readonly line: string
  readonly summary: string
  readonly expected?: string
  readonly actual?: string
}

/** For each code what breaks just that; a code without does not compile. */
export const brokenProviders = {
  'contract-status': [
    {
      name: 'another status',
      provider: answering(order, 201, headers),
      line: '"status": 200,',
      summary: 'The status is 201, and the contract expects 200.',
      expected: '200',
      actual: '201',
    },
  ],
  'contract-header': [
    {
      name: 'another value of a header',
      provider: answering(order, 200, { ...headers, 'X-Version': '8' }),
      line: '"X-Version": "7"',
      summary: 'The header X-Version is "8", and the contract expects 7.',
      expected: 'X-Version: 7',
      actual: 'X-Version: 8',
    },
    {
      name: 'no such header',
      provider: answering(order),
      line: '"X-Version": "7"',
      summary: 'The header X-Version is missing, and the contract expects 7.',
      actual: 'missing',
    },
  ],
  'contract-body': [
    {
      name: 'another value',
      provider: answering(order.replace('"id":1', '"id":2'), 200, headers),
      line: '"id": 1,',
      summary: '$.id in the body: expected 2 (Integer) to be equal to 1 (Integer).',
      expected: '1',
      actual: '2',
    },
    {
      name: 'a value that breaks a rule',
      provider: answering(order.replace('open', 'lost'), 200, headers),
      line: '"status": "open",',
      summary: "$.status in the body: expected 'lost' to match 'open|paid'.",
      expected: 'a text matching /open|paid/ (rule $.status), such as "open"',
      actual: '"lost"',
    },
    {
      name: 'a value that breaks a rule of all elements',
      provider: answering(
        '{"id":1,"status":"open","lines":[{"sku":"A","quantity":1},{"sku":"B","quantity":"2"}]}',
        200,
        headers,
      ),
      line: '"quantity": 2',
      summary: "$.lines[1].quantity in the body: expected '2' (String) to be an integer.",
      expected: 'any integer (rule $.lines[*].quantity), such as 2',
      actual: '"2"',
    },
    {
      name: 'a member missing',
      provider: answering(order.replace('"sku":"A-1",', ''), 200, headers),
      line: '"sku": "A-1",',
      summary: '$.lines[0].sku is missing from the body.',
      actual: 'missing',
    },
    {
      name: 'too few elements',
      provider: answering('{"id":1,"status":"open","lines":[]}', 200, headers),
      line: '"lines": [',
      summary: '$.lines in the body: expected [] (size 0) to have minimum size of 1.',
    },
    {
      name: 'no body',
      provider: answering('', 200, headers),
      line: '"body": {',
      summary: 'The body: expected body Present(61 bytes) but was empty.',
      actual: 'an empty body',
    },
    {
      name: 'another value in a message',
      ...saying(() => ({ ...soundMessage, contents: { orderId: '1' } })),
      line: '"orderId": 1',
      summary: "$.orderId in the message: expected '1' (String) to be equal to 1 (Integer).",
      expected: '1',
      actual: '"1"',
    },
    {
      name: 'a member of a message missing',
      ...saying(() => ({ ...soundMessage, contents: {} })),
      line: '"orderId": 1',
      summary: '$.orderId is missing from the message.',
      actual: 'missing',
    },
  ],
  'contract-body-type': [
    {
      name: 'another media type',
      provider: answering('hello', 200, { ...headers, 'Content-Type': 'text/plain' }),
      line: '"Content-Type": "application/json",',
      summary: 'The body is of type text/plain, and the contract expects application/json.',
    },
    {
      name: 'another media type of a message',
      ...saying(() => ({ ...soundMessage, contents: 'order 1' })),
      line: '"contentType": "application/json",',
      summary: 'The message is of type text/plain, and the contract expects application/json.',
    },
  ],
  'contract-body-unreadable': [
    {
      name: 'half a body',
      provider: answering('{"id":', 200, headers),
      line: '"body": {',
      summary:
        "The body: failed to parse the actual body: 'EOF while parsing a value at line 1 column 6'.",
    },
  ],
  'contract-metadata': [
    {
      name: 'another value of a metadata',
      ...saying(() => ({ ...soundMessage, metadata: { topic: 'payments' } })),
      line: '"topic": "orders"',
      summary: 'The metadata "topic" is "payments", and the contract expects "orders".',
      expected: 'topic: "orders"',
      actual: 'topic: "payments"',
    },
    {
      name: 'no such metadata',
      ...saying(() => ({ contents: soundMessage.contents })),
      line: '"topic": "orders"',
      summary: 'The metadata "topic" is missing, and the contract expects "orders".',
      actual: 'missing',
    },
  ],
  'contract-message-failed': [
    {
      name: 'a producer that finds nothing',
      ...saying(() => {
        throw new Error('the outbox is empty')
      }),
      line: '',
      summary: 'The message "order 1 was placed" could not be produced: the outbox is empty',
    },
  ],
  'contract-no-answer': [
    {
      name: 'a closed connection',
      provider: (request) => request.socket.destroy(),
      line: '{',
      summary: 'The provider gave no answer: the connection was closed without an answer.',
    },
    {
      name: 'silence',
      provider: () => undefined,
      options: { timeoutMilliseconds: 200 },
      line: '{',
      summary: 'The provider gave no answer: no answer within 0.2 s.',
    },
  ],
  'contract-state-failed': [
    {
      name: 'a handler that throws',
      options: {
        handlers: {
          'order 1 exists': () => {
            throw new Error('no such table')
          },
        },
      },
      line: '"name": "order 1 exists",',
      summary: 'The setup of the provider state "order 1 exists" failed: no such table',
    },
    {
      name: 'a teardown that throws',
      options: {
        handlers: {
          'order 1 exists': {
            setup: () => undefined,
            teardown: () => Promise.reject(new Error('still open')),
          },
        },
      },
      line: '"name": "order 1 exists",',
      summary: 'The teardown of the provider state "order 1 exists" failed: still open',
    },
  ],
  'contract-not-judged': [
    {
      name: 'a wire on which nothing was seen',
      options: {
        openRecorder: (url) =>
          Promise.resolve({
            url,
            cut: () => {},
            finish: () => Promise.resolve([]),
            [Symbol.asyncDispose]: () => Promise.resolve(),
          }),
      },
      line: '{',
      summary: 'Pact reports success, and the provider got no request.',
    },
  ],
} satisfies Readonly<Record<ContractCode, readonly [BrokenProvider, ...BrokenProvider[]]>>
