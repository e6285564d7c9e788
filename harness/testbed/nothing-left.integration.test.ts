import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import {
  expectNothingLeft,
  expectRunning,
  killTogether,
  reaperOf,
  say,
  startRun,
  type Run,
} from './testing/owner-run.ts'
import { nothing, remainsOf } from './testing/remains.ts'

const endings: readonly [string, (run: Run) => unknown][] = [
  ['it closes in order', (run) => say(run, 'close')],
  ['it exits without closing', (run) => say(run, 'exit')],
  ['it fails with an error that nobody catches', (run) => say(run, 'throw')],
  ['Ctrl-C interrupts its terminal', ({ child }) => process.kill(-(child.pid ?? 0), 'SIGINT')],
  ['it is killed with kill -9', ({ child }) => child.kill('SIGKILL')],
  ['its terminal is closed', ({ child }) => process.kill(-(child.pid ?? 0), 'SIGHUP')],
  [
    'its reaper was killed and it closes in order',
    async (run) => {
      process.kill(await reaperOf(run), 'SIGKILL')
      say(run, 'close')
    },
  ],
]

describe('nothing is left within 5 s of a run', () => {
  test.each(endings)('when %s', async (_, end) => {
    const run = await startRun()
    // Two providers and the reaper.
    await expectRunning(run, 3)
    await end(run)
    await expectNothingLeft(run)
  })

  test('when its owner is killed while there are a database server and a stub', async () => {
    const run = await startRun('full')
    // Besides: PostgreSQL with its own processes, and WireMock.
    await expectRunning(run, 6)
    run.child.kill('SIGKILL')
    await expectNothingLeft(run)
  })

  test('when it closes in order while there are a database server and a stub', async () => {
    const run = await startRun('full')
    await expectRunning(run, 6)
    say(run, 'close')
    await expectNothingLeft(run)
  })
})

describe('the reaper', () => {
  test('does not end for Ctrl-C, nor with the terminal', async () => {
    const run = await startRun()
    const reaper = await reaperOf(run)
    for (const name of ['SIGINT', 'SIGHUP', 'SIGTERM'] as const) process.kill(reaper, name)
    run.child.kill('SIGKILL')
    await expectNothingLeft(run)
  })
})

describe('when owner and reaper are killed together', () => {
  test('the next run cleans up and says so', async () => {
    // A folder of runs of its own: another run on this machine might clean up first.
    const runs = await mkdtemp(join(tmpdir(), 'proofbook-runs-'))
    onTestFinished(() => rm(runs, { recursive: true }))
    const dead = await startRun(runs)
    await killTogether(dead)
    expect((await remainsOf(dead)).folders).toEqual([dead.folder])

    const next = await startRun(runs)
    expect(await remainsOf(dead)).toEqual(nothing)
    const runId = dead.folder.split('/').at(-1)
    expect(next.notices).toContain(
      `Cleaned up after run ${runId}, whose owner and reaper were killed: 2 processes, 1 folder.`,
    )
    say(next, 'close')
    await expectNothingLeft(next)
  })
})

describe('two runs at once', () => {
  test('do not touch each other, whichever ends and however', async () => {
    const [first, second] = await Promise.all([startRun(), startRun()])
    first.child.kill('SIGKILL')
    await expectNothingLeft(first)
    await expectRunning(second, 3)

    const third = await startRun()
    expect(third.notices.join('\n')).not.toContain(second.folder.split('/').at(-1))
    await expectRunning(second, 3)
    say(third, 'close')
    await expectNothingLeft(third)
    await expectRunning(second, 3)
    say(second, 'close')
    await expectNothingLeft(second)
  })
})
