import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { openBroker } from './client.ts'
import { fetchContracts, type FetchedContract } from './fetch-contracts.ts'
import { brokerSettings } from './settings.ts'
import { fakeBroker, halLinks, type FakeAnswers } from './testing/fake-broker.ts'

const contract = (consumer: string, provider = 'shop') => ({
  consumer: { name: consumer },
  provider: { name: provider },
  interactions: [
    { description: 'a', request: { method: 'GET', path: '/' }, response: { status: 200 } },
  ],
})

const listing = (...paths: readonly string[]) => ({
  _embedded: {
    pacts: paths.map((path) => ({
      shortDescription: `latest ${path}`,
      verificationProperties: { pending: path === 'new', wip: path === 'wip' },
      ...halLinks({ self: `http://broker/${path}` }),
    })),
  },
})

const fetched = async (
  answers: FakeAnswers,
  check: (root: string, all: readonly FetchedContract[]) => Promise<void> = async () => {},
): Promise<unknown> => {
  await using folder = await temporaryFolder({ '.proofbook/contracts/shop/old.json': '{}' })
  await using fake = await fakeBroker({
    'GET /': halLinks({ 'pb:provider-pacts-for-verification': 'http://broker/for/{provider}' }),
    ...answers,
  })
  await using broker = openBroker(brokerSettings({ url: fake.url, within: '2s' }, {}, '.'))
  const contracts = { broker: { enablePending: true } }
  const integrations = { shop: { provider: { start: { url: 'http://127.0.0.1' } }, contracts } }
  const request = { config: { integrations }, integration: 'shop', branch: 'main' }
  const all = await fetchContracts(broker, folder.path, request).catch((error: unknown) => error)
  if (!Array.isArray(all)) return all
  await check(folder.path, all as FetchedContract[])
  return fake.sent
}

test('what was chosen becomes files that take the place of the last ones', async () => {
  const sent = await fetched(
    {
      'POST /for/shop': listing('a', 'new', 'wip'),
      'GET /a': contract('web'),
      'GET /new': contract('app'),
      'GET /wip': contract('app'),
    },
    async (root, all) => {
      expect(all.map(({ consumer, pending, wip }) => [consumer, pending, wip])).toEqual([
        ['web', false, false],
        ['app', true, false],
        ['app', true, true],
      ])
      const files = await readdir(join(root, '.proofbook/contracts/shop'))
      expect(files.toSorted()).toEqual(
        all.map(({ file }) => file.split('/').at(-1) ?? '').toSorted(),
      )
      const text = await readFile(join(root, all[0]?.file ?? ''), 'utf8')
      expect(text).toContain('\n  "consumer": {\n')
    },
  )
  expect(sent).toContainEqual([
    'POST /for/shop',
    {
      consumerVersionSelectors: [{ mainBranch: true }, { deployedOrReleased: true }],
      includePendingStatus: true,
      providerVersionBranch: 'main',
    },
  ])
})

test('a name from outside leads nowhere', async () => {
  await fetched(
    { 'POST /for/shop': listing('a'), 'GET /a': contract('../../../../../tmp/x\u001B[31m') },
    async (root, [one]) => {
      expect(one?.file).toMatch(/^\.proofbook\/contracts\/shop\/tmp-x-31m-[0-9a-f]{8}\.json$/)
      expect(one?.consumer).not.toContain('\u001B')
      expect(await readdir(join(root, '.proofbook/contracts'))).toEqual(['shop'])
    },
  )
})

describe('an answer that cannot be used', () => {
  test.each<[string, FakeAnswers, RegExp]>([
    [
      'nothing chosen',
      { 'POST /for/shop': listing() },
      /^integrations\.shop\.contracts: the broker has no contract for "shop"/,
    ],
    [
      'no list',
      { 'POST /for/shop': {} },
      /lists no contracts\n {2}expected: an object with _embedded\.pacts/,
    ],
    [
      'a contract without a link',
      { 'POST /for/shop': { _embedded: { pacts: [{}] } } },
      /has no link "self"/,
    ],
    [
      'a contract of somebody else',
      { 'POST /for/shop': listing('a'), 'GET /a': contract('web', 'bank') },
      /gives a contract of the provider "bank" at .*\n {2}expected: one of "shop"/,
    ],
    [
      'no contract',
      { 'POST /for/shop': listing('a'), 'GET /a': { consumer: {} } },
      /\/a:2:3: the contract's "consumer.name" is not valid/,
    ],
    [
      'a link to another place',
      {
        'POST /for/shop': {
          _embedded: { pacts: [halLinks({ self: 'http://169.254.169.254/x' })] },
        },
      },
      /leads to another place: http:\/\/169\.254\.169\.254\/x/,
    ],
  ])('%s is one message', async (_, answers, words) => {
    const error = await fetched(answers)
    expect((error as Error).message).toMatch(words)
  })
})
