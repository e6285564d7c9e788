import { describe, expect, test } from 'vitest'
import type { ContractContext } from './context.ts'
import { planContract } from './plan.ts'
import { readContract } from '../read/read.ts'
import { contractText } from '../testing/contract-text.ts'

const get = { request: { method: 'GET', path: '/a' }, response: { status: 200 } }
const post = { request: { method: 'POST', path: '/a' }, response: { status: 201 } }
const stated = { ...get, description: 'a request', providerStates: [{ name: 'order 1 exists' }] }

const plan = (
  interactions: readonly unknown[],
  context: Partial<ContractContext> = {},
  more: Readonly<Record<string, unknown>> = {},
) =>
  planContract(readContract('c.json', contractText('4.0', interactions, more)), {
    integration: 'orders',
    ...context,
  })

test('a case is named by what is asked and what is given', () => {
  const [testCase] = plan([stated], { handlers: ['order 1 exists'] })
  expect(testCase).toMatchObject({
    kind: 'interaction',
    integration: 'orders',
    group: ['web to orders-api'],
    name: 'a request given order 1 exists',
    place: { file: 'c.json', line: 9 },
  })
  expect(testCase?.ruling).toBeUndefined()
})

test('cases of the same name are told apart, and ids survive edits elsewhere', () => {
  const same = { ...get, description: 'a request' }
  const names = plan([same, same, { ...get, description: 'other' }, same])
  expect(names.map(({ name }) => name)).toEqual([
    'a request',
    'a request #2',
    'other',
    'a request #3',
  ])
  expect(new Set(names.map(({ id }) => id)).size).toBe(4)
  expect(
    plan([{ ...post, description: 'new' }, same, same])
      .slice(1)
      .map(({ id }) => id),
  ).toEqual(names.slice(0, 2).map(({ id }) => id))
})

test('hostile names become one bounded line', () => {
  const [testCase] = plan([
    { ...get, description: `../../etc\n\u001B[31mred\u202E${'x'.repeat(999)}` },
  ])
  expect(testCase?.name).toMatch(/^\.\.\/\.\.\/etc \[31mred x+$/)
  expect(testCase?.name.length).toBe(200)
})

test('a state without a handler is red, with the nearest name and a handler to paste', () => {
  const [testCase] = plan([stated], {
    handlers: ['order 2 exists', 'no orders'],
    statesFile: 'fixtures/orders.states.ts',
  })
  expect(testCase?.ruling).toEqual({
    verdict: 'failed',
    reason: 'The provider state "order 1 exists" has no handler. The nearest is "order 2 exists".',
    fix: [
      'add to fixtures/orders.states.ts:',
      '  "order 1 exists": async (parameters, testbed) => {',
      "    // make it true, e.g. await testbed.database().query('…')",
      '  },',
    ].join('\n'),
  })
})

test('without any module the fix says how the config names one', () => {
  const [testCase] = plan([stated])
  expect(testCase?.ruling?.reason).toContain('the integration names no module of state handlers')
  expect(testCase?.ruling?.fix).toContain("{ module: 'fixtures/orders.states.ts' }")
})

test('a provider that sets up its own states needs no handlers', () => {
  expect(plan([stated], { statesPath: '/_pact/states' })[0]?.ruling).toBeUndefined()
})

test('an interaction of a plugin is blocked with its version', () => {
  const [testCase] = plan(
    [{ ...get, description: 'p', pluginConfiguration: { protobuf: {} } }],
    {},
    {
      metadata: {
        pactSpecification: { version: '4.0' },
        plugins: [{ name: 'protobuf', version: '0.3.1' }],
      },
    },
  )
  expect(testCase?.ruling).toMatchObject({
    verdict: 'blocked',
    reason: 'It needs the Pact plugin protobuf 0.3.1, and Proofbook runs no plugins.',
  })
})

const asked = (response: readonly unknown[]) => ({
  description: 'asked',
  type: 'Synchronous/Messages',
  request: {},
  response,
})

describe('a message', () => {
  const placed = { description: 'order placed', type: 'Asynchronous/Messages' }
  test('without a producer is red, with the nearest name and a producer to paste', () => {
    const [testCase] = plan([placed], {
      producers: ['order places'],
      messagesFile: 'fixtures/orders.messages.ts',
    })
    expect(testCase?.ruling).toEqual({
      verdict: 'failed',
      reason: 'The message "order placed" has no producer. The nearest is "order places".',
      fix: [
        'add to fixtures/orders.messages.ts:',
        '  "order placed": async (parameters, testbed) => {',
        '    // have the provider say it, then return what it said, e.g. the row of its outbox',
        '    return { contents: {} }',
        '  },',
      ].join('\n'),
    })
  })

  test('that answers is pasted with its request', () => {
    const [testCase] = plan([asked([{}])], { producers: [] })
    expect(testCase?.ruling?.fix).toContain('"asked": async (parameters, testbed, request) => {')
  })

  test('without any module says how the config names one', () => {
    const { reason, fix } = plan([placed])[0]?.ruling ?? {}
    expect(reason).toContain('the integration names no module of message producers')
    expect(fix).toContain("{ module: 'fixtures/orders.messages.ts' }")
  })

  test.each([
    [{ producers: ['order placed'] }, undefined],
    [{ messagesPath: '/_pact/messages' }, undefined],
    [{ running: { allowWrites: true } }, 'not-asked'],
  ])('with %j is %s', (context, verdict) => {
    expect(plan([placed], context)[0]?.ruling?.verdict).toBe(verdict)
  })

  test('needs handlers for its states, too', () => {
    const [testCase] = plan([{ ...placed, providerStates: [{ name: 's' }] }], {
      producers: ['order placed'],
    })
    expect(testCase?.ruling?.reason).toContain('The provider state "s" has no handler')
  })

  test('with several answers, or none, is blocked: Pact takes one', () => {
    const context = { producers: ['asked'] }
    expect(plan([asked([{}, {}])], context)[0]?.ruling).toEqual({
      verdict: 'blocked',
      reason: "It expects 2 answers to one message, and Pact's verifier takes exactly one.",
      fix: 'write one interaction for each answer',
    })
    expect(plan([asked([])], context)[0]?.ruling?.verdict).toBe('blocked')
    expect(plan([asked([{}])], context)[0]?.ruling).toBeUndefined()
  })
})

test('a provider that runs already is not written to, and not asked for unknown states', () => {
  const running = { allowWrites: false }
  const cases = plan([{ ...get, description: 'get' }, { ...post, description: 'post' }, stated], {
    running,
  })
  expect(cases.map(({ ruling }) => ruling?.fix)).toEqual([
    undefined,
    '--allow-writes',
    '--states-url URL of an endpoint that sets up states in Pact’s own protocol',
  ])
  expect(cases.map(({ ruling }) => ruling?.verdict)).toEqual([undefined, 'not-asked', 'not-asked'])
  expect(
    plan([{ ...post, description: 'post' }], { running: { allowWrites: true } })[0]?.ruling,
  ).toBeUndefined()
})
