import type { RequestListener } from 'node:http'
import { describe, expect, test } from 'vitest'
import { contractCodes, type ContractCode } from '../codes.ts'
import type { ReplayOptions } from '../replay/replay.ts'
import { getting, lineAt } from '../testing/contract-text.ts'
import { inProcessWorld } from '../testing/in-process-world.ts'
import { run } from '../testing/running.ts'

const json = { 'Content-Type': 'application/json' }

const answering =
  (
    body: string | Buffer,
    status = 200,
    headers: Record<string, string | string[]> = json,
  ): RequestListener =>
  (_, response) => {
    response.writeHead(status, headers).end(body)
  }

const judged = async (text: string, provider: RequestListener, options: ReplayOptions = {}) => {
  await using world = await inProcessWorld(provider)
  const judgement = await run(text, world, { timeoutMilliseconds: 1000, ...options })
  return { ...judgement, dirty: world.dirty() }
}

const order = '{"id":1,"status":"open","lines":[{"sku":"A-1","quantity":2}]}'
const contract = getting(
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
const handlers = { 'order 1 exists': () => undefined }
const headers = { ...json, 'X-Version': '7' }

test('a provider that keeps the contract is verified', async () => {
  const { verdict, findings, dirty } = await judged(contract, answering(order, 200, headers), {
    handlers,
  })
  expect(findings).toEqual([])
  expect({ verdict, dirty }).toEqual({ verdict: 'verified', dirty: false })
})

interface Mutant {
  readonly code: ContractCode
  readonly name: string
  readonly provider?: RequestListener
  readonly options?: ReplayOptions
  readonly line: string
  readonly summary: string
  readonly expected?: string
  readonly actual?: string
}

const mutants: readonly Mutant[] = [
  {
    code: 'contract-status',
    name: 'another status',
    provider: answering(order, 201, headers),
    line: '"status": 200,',
    summary: 'The status is 201, and the contract expects 200.',
    expected: '200',
    actual: '201',
  },
  {
    code: 'contract-header',
    name: 'another value of a header',
    provider: answering(order, 200, { ...headers, 'X-Version': '8' }),
    line: '"X-Version": "7"',
    summary: 'The header X-Version is "8", and the contract expects 7.',
    expected: 'X-Version: 7',
    actual: 'X-Version: 8',
  },
  {
    code: 'contract-header',
    name: 'no such header',
    provider: answering(order),
    line: '"X-Version": "7"',
    summary: 'The header X-Version is missing, and the contract expects 7.',
    actual: 'missing',
  },
  {
    code: 'contract-body',
    name: 'another value',
    provider: answering(order.replace('"id":1', '"id":2'), 200, headers),
    line: '"id": 1,',
    summary: '$.id in the body: expected 2 (Integer) to be equal to 1 (Integer).',
    expected: '1',
    actual: '2',
  },
  {
    code: 'contract-body',
    name: 'a value that breaks a rule',
    provider: answering(order.replace('open', 'lost'), 200, headers),
    line: '"status": "open",',
    summary: "$.status in the body: expected 'lost' to match 'open|paid'.",
    expected: 'a text matching /open|paid/ (rule $.status), such as "open"',
    actual: '"lost"',
  },
  {
    code: 'contract-body',
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
    code: 'contract-body',
    name: 'a member missing',
    provider: answering(order.replace('"sku":"A-1",', ''), 200, headers),
    line: '"sku": "A-1",',
    summary: '$.lines[0].sku is missing from the body.',
    actual: 'missing',
  },
  {
    code: 'contract-body',
    name: 'too few elements',
    provider: answering('{"id":1,"status":"open","lines":[]}', 200, headers),
    line: '"lines": [',
    summary: '$.lines in the body: expected [] (size 0) to have minimum size of 1.',
  },
  {
    code: 'contract-body',
    name: 'no body',
    provider: answering('', 200, headers),
    line: '"body": {',
    summary: 'The body: expected body Present(61 bytes) but was empty.',
    actual: 'an empty body',
  },
  {
    code: 'contract-body-type',
    name: 'another media type',
    provider: answering('hello', 200, { ...headers, 'Content-Type': 'text/plain' }),
    line: '"Content-Type": "application/json",',
    summary: 'The body is of type text/plain, and the contract expects application/json.',
  },
  {
    code: 'contract-body-unreadable',
    name: 'half a body',
    provider: answering('{"id":', 200, headers),
    line: '"body": {',
    summary:
      "The body: failed to parse the actual body: 'EOF while parsing a value at line 1 column 6'.",
  },
  {
    code: 'contract-no-answer',
    name: 'a closed connection',
    provider: (request) => request.socket.destroy(),
    line: '{',
    summary: 'The provider gave no answer: the connection was closed without an answer.',
  },
  {
    code: 'contract-no-answer',
    name: 'silence',
    provider: () => undefined,
    options: { timeoutMilliseconds: 200 },
    line: '{',
    summary: 'The provider gave no answer: no answer within 0.2 s.',
  },
  {
    code: 'contract-state-failed',
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
    code: 'contract-state-failed',
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
  {
    code: 'contract-not-judged',
    name: 'a wire on which nothing was seen',
    options: {
      openRecorder: (url) =>
        Promise.resolve({
          url,
          finish: () => Promise.resolve([]),
          [Symbol.asyncDispose]: () => Promise.resolve(),
        }),
    },
    line: '{',
    summary: 'Pact reports success, and the provider got no request.',
  },
]

describe('a provider that breaks exactly one thing yields just that finding', () => {
  test.each(mutants)(
    '$code: $name',
    async ({ code, provider, options, line, summary, ...more }) => {
      const { verdict, findings, dirty } = await judged(
        contract,
        provider ?? answering(order, 200, headers),
        { handlers, ...options },
      )
      expect(findings.map((finding) => [finding.code, finding.summary])).toEqual([[code, summary]])
      const [finding] = findings
      expect(lineAt(contract, finding?.place.line ?? 0)).toBe(line)
      expect(finding?.subject).toBe('a request for order 1 given order 1 exists')
      expect(finding?.request?.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/orders\/1$/)
      if (more.expected !== undefined) expect(finding?.expected).toBe(more.expected)
      if (more.actual !== undefined) expect(finding?.actual).toBe(more.actual)
      expect(verdict).toBe('failed')
      if (code !== 'contract-not-judged' && !summary.startsWith('The teardown')) {
        expect(dirty).toBe(true)
      }
    },
  )

  test('every code has such a provider', () => {
    expect(new Set(mutants.map(({ code }) => code))).toEqual(new Set(Object.keys(contractCodes)))
  })
})

test('all mismatches are reported, in the order of their lines', async () => {
  const { findings } = await judged(
    contract,
    answering('{"id":"1","lines":[{"sku":"B","quantity":"2"}]}', 500),
    { handlers },
  )
  expect(findings.map(({ code, summary }) => `${code}: ${summary}`)).toEqual([
    'contract-status: The status is 500, and the contract expects 200.',
    'contract-header: The header X-Version is missing, and the contract expects 7.',
    "contract-body: $.id in the body: expected '1' (String) to be equal to 1 (Integer).",
    'contract-body: $.status is missing from the body.',
    "contract-body: $.lines[0].quantity in the body: expected '2' (String) to be an integer.",
  ])
})

test('a line of the contract that many elements break is one finding', async () => {
  const lines = Array.from({ length: 8 }, () => ({ sku: 'A', quantity: '1' }))
  const { findings } = await judged(
    contract,
    answering(JSON.stringify({ id: 1, status: 'open', lines }), 200, headers),
    { handlers },
  )
  expect(findings).toHaveLength(1)
  expect(findings[0]?.summary).toMatch(
    /quantity in the body: .* The same at 7 other places: (\$\.lines\[\d\]\.quantity, ){5}…$/,
  )
})
