import { expect, test } from 'vitest'
import { verifierEnvironment } from './verifier.ts'

test("Pact's own switches do not reach it: they change what is verified", () => {
  const environment = verifierEnvironment({
    PATH: '/bin',
    PACT_DESCRIPTION: 'x',
    PACT_BROKER_BASE_URL: 'https://broker.example.com',
    PACT_BROKER_PUBLISH_VERIFICATION_RESULTS: 'true',
    PACT_PREBUILD_LOCATION: '/opt',
    LOG_LEVEL: 'trace',
  })
  expect(environment).toEqual({
    PATH: '/bin',
    PACT_PREBUILD_LOCATION: '/opt',
    PACT_DO_NOT_TRACK: 'true',
    LOG_LEVEL: 'silent',
    NO_PROXY: '127.0.0.1,localhost',
    no_proxy: '127.0.0.1,localhost',
  })
})

test.each([[{ NO_PROXY: 'intranet' }], [{ no_proxy: 'intranet' }]])(
  'loopback is never asked by way of a proxy: %j',
  (environment) => {
    expect(verifierEnvironment(environment)).toMatchObject({
      NO_PROXY: 'intranet,127.0.0.1,localhost',
      no_proxy: 'intranet,127.0.0.1,localhost',
    })
  },
)
