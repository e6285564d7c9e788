import { networkInterfaces } from 'node:os'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ContainerConfig } from '../../config/schema.ts'
import { Blocked } from '../../model/user-error.ts'
import { onEngine, openHarbour, type TestHarbour } from '../testing/engine-for-test.ts'
import type { ContainerOptions } from './owned-container.ts'
import { startContainer } from './start-container.ts'

let harbour: TestHarbour
beforeAll(async () => {
  harbour = await openHarbour()
})
afterAll(() => harbour[Symbol.asyncDispose]())

const listens = "console.log('up'); require('net').createServer().listen(8080)"

const run = (script: string, more: Partial<ContainerOptions> = {}) =>
  harbour.containers.run({
    title: 'The thing',
    image: 'node:24-slim',
    port: 8080,
    environment: { COLOUR: 'blue' },
    command: ['node', '-e', script],
    ...more,
  })

const left = (): Promise<readonly string[]> => onEngine(harbour.engine, harbour.custody.runId)

const accepts = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2000 })
    socket.once('connect', () => resolve(socket.destroy() !== undefined))
    socket.once('timeout', () => resolve(socket.destroy() === undefined))
    socket.once('error', () => resolve(false))
  })

describe('a container', () => {
  test('publishes its port on the loopback address and on no other', async () => {
    const owned = await run(listens)
    await expect.poll(() => accepts(owned.host, owned.port)).toBe(true)
    expect(owned.host).toBe('127.0.0.1')
    const others = Object.values(networkInterfaces())
      .flatMap((all) => all ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4')
    expect(others.length).toBeGreaterThan(0)
    for (const { address } of others) expect(await accepts(address, owned.port)).toBe(false)
    await owned.stop()
    expect(await left()).toEqual([])
  })

  test('tells what it prints and how it ends', async () => {
    const script = `${listens}; console.error(process.env.COLOUR); process.on('SIGTERM', () => process.exit(7))`
    const owned = await run(script)
    // Two streams have no order between them.
    await expect.poll(() => owned.log().toSorted()).toEqual(['blue', 'up'])
    await owned.stop(2000)
    expect(await owned.exited).toEqual({ code: 7, signal: null })
  })

  test('has nothing of our own environment', async () => {
    const owned = await run(`console.log(Object.keys(process.env).join()); ${listens}`)
    await expect.poll(() => owned.log().length).toBe(2)
    expect(owned.log()[0]).not.toMatch(/DOCKER_HOST|npm_|VITEST/)
    await owned.stop()
  })
})

const refusal = (starting: Promise<unknown>): Promise<unknown> =>
  starting.then(
    () => 'it started',
    (error: unknown) => error,
  )

describe('a container that does not start', () => {
  test('because it ends at once: exit code and last lines, at once, and it is removed', async () => {
    const started = performance.now()
    const config: ContainerConfig = {
      type: 'container',
      image: 'node:24-slim',
      port: 8080,
      command: ['node', '-e', "console.error('the cellar is empty'); process.exit(3)"],
    }
    const error = await refusal(
      startContainer(harbour.containers, {
        name: 'queue',
        where: 'integrations.orders.dependencies.queue',
        config,
        environment: {},
        signal: new AbortController().signal,
      }),
    )
    expect(performance.now() - started).toBeLessThan(8000)
    expect(error).toBeInstanceOf(Blocked)
    expect(String(error)).toMatch(/^Blocked: The container "queue" ended with exit code 3 /)
    expect(error).toMatchObject({ parts: { log: 'the cellar is empty' } })
    expect(await left()).toEqual([])
  })

  test('because what it should run is not there: what the engine says', async () => {
    const error = await refusal(run('', { command: ['no-such-program'] }))
    expect(String(error)).toMatch(
      /^Blocked: The thing could not be started from the image node:24-slim: .*no-such-program/,
    )
    expect(await left()).toEqual([])
  })

  test('because its image is not there and none may be pulled', async () => {
    const error = await refusal(run('', { image: 'no-such-image:1' }))
    expect(String(error)).toBe(
      'Blocked: The image no-such-image:1 is not on the engine, and PROOFBOOK_PULL=never says that none is pulled.\n' +
        '  fix: correct its name, or see why "docker pull no-such-image:1" fails',
    )
  })

  test('because its port is taken on this machine', async () => {
    const first = await run(listens)
    const error = await refusal(run(listens, { publishedPort: first.port }))
    expect(String(error)).toMatch(/could not be started .*port is already allocated/)
    await first.stop()
    expect(await left()).toEqual([])
  })
})
