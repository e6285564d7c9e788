import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fakeEngine, type FakeAnswer } from '../testing/fake-engine.ts'
import { temporaryFolder } from '../../testing/temporary-folder.ts'
import { findEngine } from './find-engine.ts'

const healthy = (): FakeAnswer => ({ status: 200, body: 'OK' })

/** A person's home with nothing in it, and no engine of their own. */
const nobody = async () => {
  const project = await temporaryFolder()
  const { path: root } = project
  return { project, environment: { HOME: root, XDG_RUNTIME_DIR: root } }
}

describe('an engine that the person names', () => {
  test('by DOCKER_HOST is found', async () => {
    await using engine = await fakeEngine(healthy)
    const { environment } = await nobody()
    const DOCKER_HOST = `unix://${engine.socketPath}`
    expect(await findEngine({ ...environment, DOCKER_HOST })).toEqual({
      address: engine.address,
      source: 'DOCKER_HOST',
    })
  })

  test('in ~/.testcontainers.properties is found', async () => {
    await using engine = await fakeEngine(healthy)
    const { environment } = await nobody()
    const properties = `# mine\ndocker.host = unix://${engine.socketPath}\n`
    await writeFile(join(environment.HOME, '.testcontainers.properties'), properties)
    expect(await findEngine(environment)).toEqual({
      address: engine.address,
      source: 'docker.host in ~/.testcontainers.properties',
    })
  })

  test('and that is not there is not replaced by another one', async () => {
    await using engine = await fakeEngine(healthy)
    const { environment } = await nobody()
    const runtime = engine.socketPath.replace(/engine\.sock$/, '')
    const search = await findEngine({
      ...environment,
      XDG_RUNTIME_DIR: runtime,
      DOCKER_HOST: 'unix:///nowhere/docker.sock',
    })
    expect(search).toEqual({
      reasons: ['DOCKER_HOST, unix:///nowhere/docker.sock: there is no such socket'],
    })
  })

  test.each([
    ['it answered 500', (): FakeAnswer => ({ status: 500 })],
    ['it did not answer in time', (): FakeAnswer => undefined],
  ])('and that is not well: %s', async (reason, answer) => {
    await using engine = await fakeEngine(answer)
    const { environment } = await nobody()
    const DOCKER_HOST = `unix://${engine.socketPath}`
    const started = performance.now()
    expect(await findEngine({ ...environment, DOCKER_HOST })).toEqual({
      reasons: [`DOCKER_HOST, ${DOCKER_HOST}: ${reason}`],
    })
    expect(performance.now() - started).toBeLessThan(3000)
  })

  test('by an address that cannot be used is said to be one', async () => {
    const { environment } = await nobody()
    expect(await findEngine({ ...environment, DOCKER_HOST: 'ssh://me@there' })).toEqual({
      reasons: [expect.stringContaining('DOCKER_HOST: ssh://me@there is not asked over ssh')],
    })
  })
})
