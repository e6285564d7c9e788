import { describe, expect, test } from 'vitest'
import { readContract } from '../contract/read/read.ts'
import { BrokerError } from './broker-error.ts'
import { openBroker } from './client.ts'
import { contractParcels, publishContracts } from './publish-contracts.ts'
import { brokerSettings } from './settings.ts'
import { fakeBroker, halLinks, type FakeAnswers } from './testing/fake-broker.ts'

const contract = {
  consumer: { name: 'web' },
  provider: { name: 'shop' },
  interactions: [
    { description: 'b', request: { method: 'GET', path: '/b' }, response: { status: 200 } },
    { description: 'a', request: { method: 'GET', path: '/a' }, response: { status: 200 } },
  ],
}
const text = JSON.stringify(contract)
const revision = {
  version: { value: '1', from: '--version' },
  branch: { value: 'main', from: '--branch' },
}
const file = { contract: readContract('contracts/web.json', text), text }

/** A broker gives ids of its own, and another order. */
const held = {
  ...contract,
  interactions: contract.interactions
    .toReversed()
    .map((one, index) => ({ _id: String(index), ...one })),
}

const well: FakeAnswers = {
  'GET /': halLinks({ 'pb:publish-contracts': 'http://broker/elsewhere/publish' }),
  'POST /elsewhere/publish': {
    notices: [{ type: 'success', text: 'published' }],
    ...halLinks({
      'pb:contracts': ['http://broker/c/1'],
      'pb:pacticipant-version': 'http://broker/v/1',
    }),
  },
  'GET /c/1': held,
  'GET /v/1': { _embedded: { branchVersions: [{ name: 'main' }] } },
}

const published = async (changes: FakeAnswers = {}): Promise<unknown> => {
  await using fake = await fakeBroker({ ...well, ...changes })
  await using broker = openBroker(brokerSettings({ url: fake.url, within: '2s' }, {}, '.'))
  const [parcel] = contractParcels([file], revision)
  if (parcel === undefined) throw new Error('no parcel')
  return await publishContracts(broker, parcel.body).catch((error: unknown) => error)
}

test('contracts go where the broker’s own link says, one parcel for each consumer', async () => {
  await expect(published()).resolves.toMatchObject({ consumer: 'web', providers: ['shop'] })
  const other = { ...file, contract: { ...file.contract, consumer: 'app' } }
  expect(contractParcels([file, other, file], revision)).toMatchObject([
    { body: { pacticipantName: 'web', contracts: [{}, {}] } },
    { body: { pacticipantName: 'app', contracts: [{}] } },
  ])
})

describe('a broker that says yes and did not', () => {
  const links = (notice: object, contracts: readonly string[]) => ({
    notices: [notice],
    ...halLinks({ 'pb:contracts': contracts, 'pb:pacticipant-version': 'http://broker/v/1' }),
  })
  const fine = { type: 'success', text: 'published' }

  test.each<[string, FakeAnswers, RegExp]>([
    [
      'has no links in its answer',
      { 'POST /elsewhere/publish': { notices: [fine] } },
      /^the broker's answer has 0 links "pb:contracts", and 1 contracts were sent\n {2}expected: that what was published can be read again/,
    ],
    [
      'warns',
      {
        'POST /elsewhere/publish': links({ type: 'warning', text: 'it was modified' }, [
          'http://broker/c/1',
        ]),
      },
      /^the broker took it with a warning: it was modified/,
    ],
    [
      'has lost an interaction',
      { 'GET /c/1': { ...held, interactions: held.interactions.slice(1) } },
      /^the broker holds another contract of web and shop than was sent/,
    ],
    [
      'has lost the branch',
      { 'GET /v/1': { _embedded: { branchVersions: [] } } },
      /^the broker does not say that version 1 of web is of the branch main/,
    ],
    ['does not have it', { 'GET /c/1': undefined }, /answers 404 to GET .*\/c\/1/],
    [
      'cannot publish at all',
      { 'GET /': {} },
      /has no link "pb:publish-contracts"\n {2}expected: a Pact Broker that can do this/,
    ],
  ])('%s: red', async (_, changes, words) => {
    const error = await published(changes)
    expect(error).toBeInstanceOf(BrokerError)
    expect((error as BrokerError).message).toMatch(words)
  })
})

test('other content under the same version is refused for good, with the reason', async () => {
  const body = {
    notices: [
      { type: 'error', text: 'Cannot change it' },
      { type: 'info', text: '-a\n+b' },
    ],
  }
  const error = await published({ 'POST /elsewhere/publish': [409, body] })
  expect(error).toMatchObject({ refused: true, status: 409 })
  expect((error as BrokerError).message).toMatch(
    /^version 1 of web is published already, with other content: .*Cannot change it\n {4}-a\n {4}\+b\n {2}expected: one content for each version/,
  )
})
