import { describe, expect, test } from 'vitest'
import { env } from '../config/define-config.ts'
import { brokerSettings } from './settings.ts'

type Given = Parameters<typeof brokerSettings>[0]

const settings = (given: Given, environment = {}) => brokerSettings(given, environment, '.')

describe('who asks the broker', () => {
  const url = 'https://broker.example.com/'
  const basic = `Basic ${Buffer.from('me:pass-word').toString('base64')}`

  test.each<[string, Given, Record<string, string>, string | undefined]>([
    ['nobody', { url }, {}, undefined],
    [
      'a token of the configuration',
      { url, token: 'abcd' },
      { PACT_BROKER_TOKEN: 'x' },
      'Bearer abcd',
    ],
    ['a token of the environment', { url }, { PACT_BROKER_TOKEN: 'abcd' }, 'Bearer abcd'],
    [
      'a token that the configuration names',
      { url, token: env('MINE') },
      { MINE: 'abcd' },
      'Bearer abcd',
    ],
    ['a user', { url }, { PACT_BROKER_USERNAME: 'me', PACT_BROKER_PASSWORD: 'pass-word' }, basic],
    ['a user of the address', { url: 'https://me:pass-word@broker.example.com' }, {}, basic],
  ])('%s', (_, given, environment, authorization) => {
    const { url: address, authorization: sent } = settings(given, environment)
    expect(address).toBe('https://broker.example.com')
    expect(sent).toBe(authorization)
  })

  test('is asked by the variables of Pact alone, too, within 30 s', () => {
    expect(
      settings(undefined, { PACT_BROKER_BASE_URL: 'http://127.0.0.1:9292/sub/' }),
    ).toMatchObject({
      url: 'http://127.0.0.1:9292/sub',
      withinMilliseconds: 30_000,
    })
    expect(settings({ url, within: '2s' }).withinMilliseconds).toBe(2000)
  })

  test('secrets are known, to be masked', () => {
    const { secrets } = settings({ url: 'https://me:pass-word@broker.example.com', token: 'abcd' })
    expect(secrets).toEqual(['abcd', 'pass-word', 'me:pass-word'])
  })
})

test.each<[string, Given, RegExp]>([
  [
    'no address',
    undefined,
    /^nobody says where the Pact Broker is\n {2}expected: broker\.url .*PACT_BROKER_BASE_URL\n {2}fix: export PACT_BROKER_BASE_URL=/,
  ],
  ['an address of something else', { url: 'ftp://broker' }, /is no address of an HTTP service/],
  [
    'a variable that is not set',
    { url: 'http://b', token: env('MINE') },
    /variable MINE is not set, and broker\.token needs it\n {2}fix: export MINE=/,
  ],
  [
    'a certificate that is not there',
    { url: 'http://b', certificate: 'no.pem' },
    /^no\.pem: there is no such file/,
  ],
])('%s is one message', (_, given, words) => {
  expect(() => settings(given)).toThrow(words)
})
