import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { ProviderConfig } from '../../config/schema.ts'
import { Blocked, UserError } from '../../model/user-error.ts'
import type { Custody } from '../custody.ts'
import { openCustody } from '../custody/open-custody.ts'
import { nothing, remainsOf } from '../testing/remains.ts'
import { plainProvider } from '../testing/plain-config.ts'
import { startProvider, type ProviderStart, type RunningProvider } from './start-provider.ts'

const custodyForTest = async () => {
  const runs = await mkdtemp(join(tmpdir(), 'proofbook-runs-'))
  const custody = await openCustody([runs])
  onTestFinished(async () => {
    await custody.close()
    await rm(runs, { recursive: true })
  })
  return custody
}

const startIn = (
  custody: Custody,
  config: ProviderConfig,
  more: Partial<ProviderStart> = {},
): Promise<RunningProvider> => {
  const command = 'command' in config.start ? config.start.command : []
  return startProvider(custody, command, {
    testbed: 'orders-1',
    integration: 'orders',
    config,
    root: tmpdir(),
    values: {},
    inherited: process.env,
    changes: {},
    signal: new AbortController().signal,
    ...more,
  })
}

const start = async (
  config: ProviderConfig,
  more: Partial<ProviderStart> = {},
): Promise<RunningProvider> => startIn(await custodyForTest(), config, more)

/** The provider of the tests, told how to fail. */
const failing = (FAIL: string, ready?: ProviderConfig['ready']): ProviderConfig =>
  plainProvider({ environment: { FAIL }, ...(ready === undefined ? {} : { ready }) })

const blockedBy = async (starting: Promise<unknown>): Promise<Blocked> => {
  const error = await starting.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(Blocked)
  return error as Blocked
}

describe('a provider that gets ready', () => {
  test.each<readonly [string, ProviderConfig['ready']]>([
    ['a port, which is the default', undefined],
    ['an HTTP path', { http: '/health' }],
    ['a line in its log', { log: 'listening on' }],
  ])('by %s', async (_, ready) => {
    const provider = await start(plainProvider(ready === undefined ? {} : { ready }))
    expect((await fetch(provider.url)).status).toBe(200)
    await expect.poll(() => provider.log()).toEqual([`listening on ${provider.port}`])
    await provider.stop()
    await expect(fetch(provider.url)).rejects.toThrow('fetch failed')
  })

  test('listens where it is told to', async () => {
    const first = await start(plainProvider())
    await first.stop()
    expect((await start(plainProvider(), { port: first.port })).url).toBe(first.url)
  })

  test('is gone within the grace time, though it does not listen to SIGTERM', async () => {
    const provider = await start(failing('deaf', { log: 'listening' }))
    const before = performance.now()
    await provider.stop()
    expect(performance.now() - before).toBeLessThan(3000)
    await expect(fetch(provider.url)).rejects.toThrow('fetch failed')
  })
})

describe('a provider that does not', () => {
  test('ends: exit code and last lines are told at once', async () => {
    const before = performance.now()
    const error = await blockedBy(start(failing('exit', { http: '/health', within: '60s' })))
    expect(performance.now() - before).toBeLessThan(10_000)
    expect(error.message).toMatch(
      /^The provider "orders" ended with exit code 3 after \d+\.\d s, before it was ready\.\n {2}expected: GET http:\/\/127\.0\.0\.1:\d+\/health answers 2xx\n {2}fix: its last lines say why/,
    )
    expect(error.parts.log).toBe('cannot go on: the cellar is empty')
  })

  test('is not healthy: the last answer is told', async () => {
    const error = await blockedBy(start(failing('unhealthy', { http: '/health', within: '2s' })))
    expect(error.message).toContain(
      'The provider "orders" was not ready within 2s: it answered 503.',
    )
    expect(error.message).toContain('fix: correct ready, or give it longer with ready.within')
    expect(error.parts.log).toMatch(/^listening on \d+$/)
  })

  test('does not listen', async () => {
    const error = await blockedBy(start(failing('silent', { port: true, within: '300ms' })))
    expect(error.message).toContain('was not ready within 300ms: connection refused.')
    expect(error.message).toMatch(/expected: it listens on port \d+/)
    expect(error.parts.log).toBe('(it printed nothing)')
  })

  test('does not say the line', async () => {
    const error = await blockedBy(start(failing('', { log: 'ready to serve', within: '300ms' })))
    expect(error.message).toContain('was not ready within 300ms: no such line yet.')
    expect(error.message).toContain('expected: its log says "ready to serve"')
  })

  test('leaves nothing behind', async () => {
    const custody = await custodyForTest()
    const config = failing('silent', { port: true, within: '200ms' })
    const command = 'command' in config.start ? config.start.command : []
    const options = {
      testbed: 'orders-1',
      integration: 'orders',
      config,
      root: '/',
      values: {},
      inherited: {},
    }
    const signal = new AbortController().signal
    await blockedBy(startProvider(custody, command, { ...options, changes: {}, signal }))
    const reaperOnly = await remainsOf({ folder: custody.folder, ports: [] })
    expect(reaperOnly.processes).toHaveLength(1)
    await custody.close()
    expect(await remainsOf({ folder: custody.folder, ports: [] })).toEqual(nothing)
  })
})

describe('a port that somebody else took', () => {
  /** Fails the first time, in a file of its own, as one whose port was taken in between would. */
  const onceTaken = `
    const { existsSync, writeFileSync } = require('node:fs')
    const [flag, port] = process.argv.slice(1)
    if (!existsSync(flag)) {
      writeFileSync(flag, port)
      console.error('Error: listen EADDRINUSE: address already in use 127.0.0.1:' + port)
      process.exit(1)
    }
    require('node:http').createServer((_, answer) => answer.end()).listen(port, '127.0.0.1')`

  test('is tried once more with another', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'proofbook-flag-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const command = [process.execPath, '-e', '{script}', join(folder, 'flag'), '{port}']
    const provider = await start({ start: { command } }, { values: { script: onceTaken } })
    expect((await fetch(provider.url)).status).toBe(200)
  })

  /** Listens in the provider's place from before it starts, so many times. */
  const custodyOfStranger = async (times: number) => {
    const custody = await custodyForTest()
    const ports: number[] = []
    const spawn: typeof custody.spawn = async (command, args, options) => {
      if (ports.length < times) {
        const port = Number(args.at(-1))
        ports.push(port)
        const stranger = createServer((_, answer) => answer.end('a stranger'))
        await new Promise<void>((resolve) => stranger.listen(port, '127.0.0.1', resolve))
        onTestFinished(() => new Promise((resolve) => stranger.close(() => resolve())))
      }
      return custody.spawn(command, args, options)
    }
    return { custody: { ...custody, spawn }, ports }
  }

  test('and who answers there is not taken for the provider', async () => {
    const { custody, ports } = await custodyOfStranger(1)
    // It says nothing of a port that is taken, and would be waited for.
    const config = failing('quiet', { http: '/health' })
    const provider = await startIn(custody, config)
    expect(await (await fetch(provider.url)).json()).toHaveProperty('pid')
    expect(ports).not.toContain(provider.port)
  })

  test('by somebody who answers is not tried for ever either', async () => {
    const { custody, ports } = await custodyOfStranger(9)
    const error = await blockedBy(startIn(custody, failing('quiet')))
    expect(error.message).toContain(
      `could not listen on port ${ports[2]}: process ${process.pid} (`,
    )
    expect(ports).toHaveLength(3)
  })

  test('is not tried for ever', async () => {
    expect((await blockedBy(start(failing('address')))).parts.log).toContain('EADDRINUSE')
  })
})

describe('a mistake in the config', () => {
  test('a folder that is none', async () => {
    const starting = start(plainProvider({ cwd: 'not/there' }))
    await expect(starting).rejects.toThrow(UserError)
    await expect(starting).rejects.toThrow(
      'integrations.orders.provider.start.cwd is no folder: "not/there".',
    )
  })

  test('a program that is none', async () => {
    const error = await blockedBy(start({ start: { command: ['no-such-program'] } }))
    expect(error.message).toContain('"no-such-program" could not be started')
  })

  test('a placeholder that nothing fills', async () => {
    await expect(start({ start: { command: ['node', '{prot}'] } })).rejects.toThrow(
      'Nothing fills the placeholder "{prot}" in integrations.orders.provider.start.command[1].\n  expected: one of {port}\n  fix: write "{port}"',
    )
  })
})

test('a start that nobody waits for any more is given up', async () => {
  const controller = new AbortController()
  const custody = await custodyForTest()
  const starting = startIn(custody, failing('silent'), { signal: controller.signal })
  const given = expect(starting).rejects.toThrow('the worker is gone')
  await vi.waitFor(async () => {
    const { processes } = await remainsOf({ folder: custody.folder, ports: [] })
    expect(processes.join()).toContain('provider.mjs')
  })
  controller.abort(new Error('the worker is gone'))
  await given
})
