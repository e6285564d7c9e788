import { expect, test } from 'vitest'
import type { Outcome } from '../model/outcome.ts'
import type { TestCase } from '../model/test-case.ts'
import { failureOf } from './failure.ts'

const testCase: TestCase = {
  id: 'a3f09c2d41',
  kind: 'operation',
  integration: 'orders',
  group: ['orders'],
  name: 'GET /orders/{id}',
  place: { file: 'specs/orders.yaml', line: 20 },
  detail: {},
}

const context = {
  root: '/project',
  seed: 7,
  repeat: 'npx proofbook verify',
  mask: (text: string) => text.replaceAll('secret', '***'),
}

const failed: Outcome = {
  verdict: 'failed',
  findings: [
    {
      code: 'body-schema',
      summary: '"total" is a string.',
      subject: 'GET /orders/{id}',
      place: {
        file: 'specs/orders.yaml',
        line: 40,
        column: 15,
        pointer: '/components/schemas/Order',
      },
      expected: 'integer',
      actual: '"12"\nin an order',
      clause: 'OpenAPI 3.1, 4.8.24',
      request: {
        method: 'GET',
        url: 'http://127.0.0.1:9/orders/1',
        headers: [['Authorization', 'Bearer secret']],
      },
      confirmed: true,
    },
  ],
  evidence: '.proofbook/evidence/a3f09c2d41.json',
  requests: 2,
  madeOf: [],
  milliseconds: 3,
}

test('a failure says what was expected, what came, where it is asked for, what shows it, and how to repeat it', () => {
  expect(failureOf(testCase, failed, context).message).toBe(
    [
      'body-schema: "total" is a string.',
      '  expected  integer',
      '  came      "12"',
      '            in an order',
      '  asked for specs/orders.yaml:40:15  (/components/schemas/Order)',
      '  clause    OpenAPI 3.1, 4.8.24',
      "  shown by  curl -i -H 'Authorization: Bearer ***' 'http://127.0.0.1:9/orders/1'",
      '  again     npx proofbook verify --case a3f09c2d41 --seed 7',
      '  evidence  .proofbook/evidence/a3f09c2d41.json',
    ].join('\n'),
  )
})

test('what the spec says about the same part stands under the place that asks for it', () => {
  const findings = failed.findings.map((finding) => ({
    ...finding,
    spec: 'integer (specs/orders.yaml:3:1)',
  }))
  expect(failureOf(testCase, { ...failed, findings }, context).message).toContain(
    '  asked for specs/orders.yaml:40:15  (/components/schemas/Order)\n  the spec  integer (specs/orders.yaml:3:1)\n',
  )
})

test('no control character of what the provider said reaches the terminal', () => {
  const findings = failed.findings.map((finding) => ({
    ...finding,
    actual: '\u001b[2Jgone\u009b31m\r\u202etxt',
  }))
  const error = failureOf(testCase, { ...failed, findings }, context)
  expect(error.message).toContain(String.raw`came      \u{1b}[2Jgone\u{9b}31m\u{d}\u{202e}txt`)
  expect(error.stack).toContain(error.message)
})

test('the consumer that asks for it is named, and what the provider printed is shown to its end', () => {
  const findings = failed.findings.map((finding) => ({ ...finding, consumer: 'web' }))
  const log = Array.from({ length: 12 }, (_, n) => `line ${n} of secret`)
  const { message } = failureOf(testCase, { ...failed, findings, log }, context)
  expect(message).toContain(
    '  asked for specs/orders.yaml:40:15  (/components/schemas/Order) by web\n',
  )
  expect(message).toContain('  log       line 2 of ***\n            line 3 of ***\n')
  expect(message).not.toContain('line 1 of')
})

test('what stubs saw and nobody planned stands beside it', () => {
  const hints = ['payments: 1 request matched no mapping: POST /charges?key=secret']
  expect(failureOf(testCase, { ...failed, hints }, context).message).toContain(
    '\n  stub      payments: 1 request matched no mapping: POST /charges?key=***\n',
  )
})

test('its only frame is the place in the user’s file', () => {
  const frames = (failureOf(testCase, failed, context).stack ?? '')
    .split('\n')
    .filter((line) => line.startsWith('    at '))
  expect(frames).toEqual(['    at GET /orders/{id} (/project/specs/orders.yaml:40:15)'])
})

test('a case without a finding says its verdict, its reason and the fix', () => {
  const blocked: Outcome = {
    verdict: 'blocked',
    findings: [],
    reason: 'There is no Java.',
    fix: 'apt-get install default-jre-headless',
    requests: 0,
    madeOf: [],
    milliseconds: 0,
  }
  expect(failureOf(testCase, blocked, context).message).toBe(
    'There is no Java.\n  fix       apt-get install default-jre-headless',
  )
})
