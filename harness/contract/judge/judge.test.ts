import { expect, test } from 'vitest'
import type { InteractionSeen, StateRun } from '../seen.ts'
import { caseOf, getting } from '../testing/contract-text.ts'
import { judgeInteraction } from './judge.ts'

const testCase = caseOf(getting({ status: 200 }, { providerStates: [{ name: 'a' }] }))
const own = { description: 'a request for order 1', result: 'OK' }
const good = { result: true, errors: [], pendingErrors: [], notices: [], interactionResults: [own] }
const setUp: readonly StateRun[] = [{ state: 'a', action: 'setup' }]
const error = (message: string) => ({ type: 'error', message })
const status = {
  type: 'mismatches',
  mismatches: [
    { type: 'StatusMismatch', expected: 200, actual: 500, mismatch: 'expected 200 but was 500' },
  ],
}

const judge = (result: unknown, more: Partial<InteractionSeen> = {}) =>
  judgeInteraction(testCase, {
    verification: { json: typeof result === 'string' ? result : JSON.stringify(result) },
    states: setUp,
    request: { method: 'GET', url: 'http://127.0.0.1/orders/1', headers: [] },
    timeoutMilliseconds: 10_000,
    ...more,
  })

const summaries = (result: unknown, more?: Partial<InteractionSeen>) =>
  judge(result, more).findings.map(({ code, summary }) => `${code}: ${summary}`)

test('a result that judged just this interaction is believed', () => {
  expect(judge(good)).toEqual({ verdict: 'verified', findings: [] })
})

test.each<[string, unknown, string]>([
  [
    'no interaction',
    { ...good, interactionResults: [] },
    'Pact judged no interaction, so nothing is known.',
  ],
  [
    'no interaction, with its reason',
    {
      ...good,
      result: false,
      interactionResults: [],
      errors: [{ interaction: '', mismatch: error('Failed to load pact') }],
    },
    'Pact judged no interaction, so nothing is known. It says: Failed to load pact',
  ],
  [
    'two interactions',
    { ...good, interactionResults: [own, own] },
    'Pact judged more than one interaction, so nothing is known.',
  ],
  [
    'another interaction',
    { ...good, interactionResults: [{ ...own, description: 'x' }] },
    'Pact judged another interaction.',
  ],
  [
    'no interactionResults',
    { ...good, interactionResults: undefined },
    'Pact\'s result cannot be read: "interactionResults" is missing or of another type.',
  ],
  ['no object', 'null', "Pact's result cannot be read: it is no object."],
  ['no JSON', 'Pact core crashed', "Pact's result cannot be read: it is not JSON."],
  [
    'a failure of the whole that the interaction does not know',
    { ...good, result: false },
    'Pact reports a failure without saying what it is.',
  ],
  [
    'a failure of the interaction that the whole does not know',
    { ...good, interactionResults: [{ ...own, result: 'Error' }] },
    'Pact reports a failure without saying what it is.',
  ],
  [
    'success with errors',
    { ...good, errors: [{ interaction: '', mismatch: error('odd') }] },
    'Pact could not judge the interaction: odd',
  ],
  [
    'a failure of its own',
    {
      ...good,
      result: false,
      interactionResults: [{ ...own, result: 'Error', mismatch: error('no such matcher') }],
    },
    'Pact could not judge the interaction: no such matcher',
  ],
  [
    'a failed state that did not fail here',
    {
      ...good,
      result: false,
      interactionResults: [
        {
          ...own,
          result: 'Error',
          mismatch: error('One or more of the setup state change handlers has failed'),
        },
      ],
    },
    'Pact says that a provider state failed, and none did here.',
  ],
])('%s is red', (_, result, summary) => {
  expect(summaries(result)).toEqual([`contract-not-judged: ${summary}`])
  expect(judge(result).verdict).toBe('failed')
})

test('errors of a pending interaction are read although the result is true', () => {
  const result = { ...good, pendingErrors: [{ interaction: '', mismatch: status }] }
  expect(summaries(result)).toEqual([
    'contract-status: The status is 500, and the contract expects 200.',
  ])
})

test('a state that nobody set up is red', () => {
  expect(summaries(good, { states: [] })).toEqual([
    'contract-not-judged: Pact reports success, and the state "a" was never set up.',
  ])
})

test('success without a request on the wire is red', () => {
  expect(summaries(good, { exchanges: [] })).toEqual([
    'contract-not-judged: Pact reports success, and the provider got no request.',
  ])
})

test('a mismatch of an unknown kind is not swallowed', () => {
  const mismatch = {
    type: 'mismatches',
    mismatches: [{ type: 'NewMismatch', mismatch: 'Odd thing' }],
  }
  const result = {
    ...good,
    result: false,
    interactionResults: [{ ...own, result: 'Error', mismatch }],
  }
  expect(summaries(result)).toEqual([
    'contract-not-judged: Pact reports a mismatch of a kind that Proofbook does not know (NewMismatch): odd thing.',
  ])
})

test('a state that failed is red even if Pact thinks that all is well, at the line of the handler', () => {
  const place = { file: 'fixtures/orders.states.ts', line: 12, column: 5 }
  const failed: StateRun = { state: 'a', action: 'setup', failure: { message: 'boom', place } }
  expect(judge(good, { states: [failed] })).toMatchObject({
    verdict: 'failed',
    findings: [{ code: 'contract-state-failed', place, actual: 'boom' }],
  })
})

test('what the wire says is why no answer came', () => {
  const result = {
    ...good,
    result: false,
    interactionResults: [
      {
        ...own,
        result: 'Error',
        mismatch: error('error sending request for url (http://127.0.0.1:1/)'),
      },
    ],
  }
  const request = { method: 'GET', url: 'http://127.0.0.1/orders/1', headers: [] }
  expect(summaries(result, { exchanges: [{ request, failure: 'no answer within 10 s' }] })).toEqual(
    ['contract-no-answer: The provider gave no answer: no answer within 10 s.'],
  )
})

test('a native library that gave no result blocks', () => {
  expect(judge(good, { verification: { failure: 'Pact core crashed' } })).toMatchObject({
    verdict: 'blocked',
    reason: "Pact's native library gave no result: Pact core crashed",
  })
})

test('findings carry the request, the name of the case, and are not confirmed yet', () => {
  const result = {
    ...good,
    result: false,
    interactionResults: [{ ...own, result: 'Error', mismatch: status }],
  }
  expect(judge(result).findings).toMatchObject([
    { subject: 'a request for order 1 given a', request: { method: 'GET' }, confirmed: false },
  ])
})

const ofTheBody = (mismatch: string) => ({
  type: 'BodyMismatch',
  path: '$.l[0]',
  mismatch,
  expected: '1',
  actual: '2',
})

test('several mismatches of one element stay apart', () => {
  const mismatch = {
    type: 'mismatches',
    mismatches: [ofTheBody('One thing'), ofTheBody('Another')],
  }
  const result = {
    ...good,
    result: false,
    interactionResults: [{ ...own, result: 'Error', mismatch }],
  }
  expect(summaries(result)).toEqual([
    'contract-body: $.l[0] in the body: one thing.',
    'contract-body: $.l[0] in the body: another.',
  ])
})
