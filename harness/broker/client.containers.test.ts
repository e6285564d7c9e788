import { GenericContainer, Wait } from 'testcontainers'
import { expect, test } from 'vitest'
import { openTestcontainers } from '../testbed/containers/testcontainers.ts'
import { engineForTest } from '../testbed/testing/engine-for-test.ts'
import { openBroker } from './client.ts'
import { findLink } from './hal.ts'
import { brokerSettings } from './settings.ts'

const user = { username: 'tester', password: 'password-of-the-tester' }

test('the image of the broker answers on 9292, and to nobody without the credentials of its variables', async () => {
  await openTestcontainers(await engineForTest())
  await using container = await new GenericContainer('pactfoundation/pact-broker:2.120.0')
    .withEnvironment({
      PACT_BROKER_BASIC_AUTH_USERNAME: user.username,
      PACT_BROKER_BASIC_AUTH_PASSWORD: user.password,
      PACT_BROKER_PUBLIC_HEARTBEAT: 'true',
    })
    .withExposedPorts(9292)
    .withWaitStrategy(Wait.forHttp('/diagnostic/status/heartbeat', 9292))
    .start()
  const url = `http://${container.getHost()}:${container.getMappedPort(9292)}`
  await using broker = openBroker(brokerSettings({ url, ...user }, {}, '.'))
  expect(findLink(await broker.index(), 'pb:publish-contracts')).toBe(`${url}/contracts/publish`)
  await using stranger = openBroker(brokerSettings({ url }, {}, '.'))
  await expect(stranger.index()).rejects.toThrow(/answers 401 to GET/)
})
