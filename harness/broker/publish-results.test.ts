import { describe, expect, test } from 'vitest'
import { openBroker } from './client.ts'
import type { ResultsParcel } from './outbox.ts'
import { publishResults } from './publish-results.ts'
import { brokerSettings } from './settings.ts'
import { fakeBroker, halLinks, type FakeAnswers, type FakeBroker } from './testing/fake-broker.ts'

const body = {
  success: true,
  providerApplicationVersion: '7',
  verifiedBy: { implementation: 'Proofbook', version: '1' },
  testResults: { tests: [] },
}

const well: FakeAnswers = {
  'GET /': halLinks({ 'pb:pacticipant': 'http://broker/p/{pacticipant}' }),
  'GET /p/shop': halLinks({ 'pb:branch-version': 'http://broker/b/{branch}/{version}' }),
  'PUT /b/feature%2Fx/7': halLinks({ 'pb:version': 'http://broker/v/7' }),
  'GET /v/7': { _embedded: { branchVersions: [{ name: 'feature/x' }] } },
  'POST /results': [201, halLinks({ self: 'http://broker/results/1' })],
  'GET /results/1': body,
}

const sentTo = async (
  changes: FakeAnswers,
): Promise<{ readonly outcome: unknown; readonly sent: FakeBroker['sent'] }> => {
  await using fake = await fakeBroker({ ...well, ...changes })
  await using broker = openBroker(brokerSettings({ url: fake.url, within: '2s' }, {}, '.'))
  const parcel: ResultsParcel = {
    kind: 'results',
    consumer: 'web',
    provider: 'shop',
    link: `${fake.url}/results`,
    latest: `${fake.url}/latest`,
    branch: 'feature/x',
    body,
  }
  const outcome = await publishResults(broker, parcel).catch((error: unknown) => error)
  return { outcome, sent: fake.sent }
}

const posts = (sent: FakeBroker['sent']): number =>
  sent.filter(([request]) => request === 'POST /results').length

test('the branch is said first, then the result is posted once', async () => {
  const { outcome, sent } = await sentTo({})
  expect(outcome).toBe('published')
  const requests = sent.map(([request]) => request)
  expect(requests.indexOf('PUT /b/feature%2Fx/7')).toBeLessThan(requests.indexOf('POST /results'))
  expect(posts(sent)).toBe(1)
})

test('a result that is there already is not posted again', async () => {
  const { outcome, sent } = await sentTo({ 'GET /latest': body })
  expect(outcome).toBe('unchanged')
  expect(posts(sent)).toBe(0)
})

test('a result whose answer got lost is looked for, and not posted twice', async () => {
  let taken = false
  const { outcome, sent } = await sentTo({
    'POST /results': () => {
      taken = true
      return [502, {}]
    },
    'GET /latest': () =>
      taken ? { ...body, ...halLinks({ self: 'http://broker/results/1' }) } : [404, {}],
  })
  expect(outcome).toBe('published')
  expect(posts(sent)).toBe(1)
})

describe('a broker that says yes and did not', () => {
  test.each<[string, FakeAnswers, RegExp]>([
    [
      'has no link in its answer',
      { 'POST /results': {} },
      /does not have the result of web and shop that was sent/,
    ],
    [
      'has another verdict',
      { 'GET /results/1': { ...body, success: false } },
      /does not have the result of web and shop/,
    ],
    [
      'has lost the branch',
      { 'GET /v/7': {} },
      /does not say that version 7 of shop is of the branch feature\/x/,
    ],
    ['does not know the provider', { 'GET /p/shop': undefined }, /answers 404 to GET .*\/p\/shop/],
  ])('%s: red', async (_, changes, words) => {
    const { outcome } = await sentTo(changes)
    expect((outcome as Error).message).toMatch(words)
  })
})
