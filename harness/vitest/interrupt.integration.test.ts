import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { nothing, remainsOf } from '../testbed/testing/remains.ts'
import { makeProject } from '../testing/project.ts'
import { runOfProject, type RunUnderWay } from '../testing/run-of-project.ts'
import { type RunningCommand, startNode } from '../testing/running-command.ts'
import { shop } from '../testing/shop.ts'

const vitest = join(import.meta.dirname, '../../node_modules/vitest/vitest.mjs')

/** A provider that never answers: its cases are under way until somebody ends them. */
const hanging = shop({
  'proofbook.config.ts': (shop()['proofbook.config.ts'] ?? '').replace(
    "ready: { http: '/health' },",
    "ready: { http: '/health' }, environment: { SLOW: '1' },",
  ),
})

/** Runs the project until it has a provider, then does something to it; nothing may be left after. */
const afterwards = async (
  end: (command: RunningCommand, run: RunUnderWay) => void,
): Promise<{ readonly status: number | string | null; readonly output: string }> => {
  await using project = await makeProject(hanging)
  await using command = startNode(project.path, [vitest, 'run'])
  const run = await vi.waitUntil(() => runOfProject(project.path, command.pid), {
    timeout: 30_000,
    interval: 50,
  })
  expect((await remainsOf({ folder: run.folder, ports: [] })).processes.length).toBeGreaterThan(1)
  end(command, run)
  const status = await command.ended
  await expect
    .poll(() => remainsOf({ folder: run.folder, ports: [] }), { timeout: 5_000, interval: 50 })
    .toEqual(nothing)
  return { status, output: command.output() }
}

describe('a run that is ended before its time leaves nothing behind', () => {
  test('Ctrl-C: what was under way is aborted, exit status 130', async () => {
    const { status, output } = await afterwards(({ pid }) => process.kill(-pid, 'SIGINT'))
    expect(output).toContain('interrupted: closing testbeds')
    expect(output).toContain('aborted')
    expect(status).toBe(130)
  })

  test('SIGTERM to the main process', async () => {
    const { status } = await afterwards(({ pid }) => process.kill(pid, 'SIGTERM'))
    expect(status).toBe(130)
  })

  test('kill -9 of the main process', async () => {
    const { status } = await afterwards(({ pid }) => process.kill(pid, 'SIGKILL'))
    expect(status).toBe('SIGKILL')
  })

  test('kill -9 of its workers is red', async () => {
    const { status } = await afterwards((_, { workers }) => {
      for (const worker of workers) process.kill(worker, 'SIGKILL')
    })
    expect(status).toBe(1)
  })

  test('kill -9 of a provider is that case’s red', async () => {
    const { status } = await afterwards((_, { providers }) => {
      for (const provider of providers) process.kill(provider, 'SIGKILL')
    })
    expect(status).toBe(1)
  })
})
