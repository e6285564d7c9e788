import { expect, test } from 'vitest'
import { testcontainersSettings } from './testcontainers.ts'

const engine = { uri: 'unix:///run/docker.sock', host: '127.0.0.1' }

test('Testcontainers takes our engine, and leaves the end of containers to our reaper', () => {
  expect(testcontainersSettings(engine, {})).toEqual({
    DOCKER_HOST: 'unix:///run/docker.sock',
    TESTCONTAINERS_HOST_OVERRIDE: '127.0.0.1',
    TESTCONTAINERS_RYUK_DISABLED: 'true',
  })
})

test('what the person has set stays', () => {
  expect(
    testcontainersSettings(engine, {
      TESTCONTAINERS_HOST_OVERRIDE: '10.0.0.9',
      RYUK_CONTAINER_IMAGE: 'mirror/ryuk:0.14.0',
    }),
  ).toEqual({ DOCKER_HOST: 'unix:///run/docker.sock' })
})
