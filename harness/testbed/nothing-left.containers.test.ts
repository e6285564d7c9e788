import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { Engine } from './engine/engine.ts'
import { engineForTest, onEngine } from './testing/engine-for-test.ts'
import {
  expectNothingLeft,
  killTogether,
  say,
  startRun,
  withinMilliseconds,
  type Run,
} from './testing/owner-run.ts'

let engine: Engine
beforeAll(async () => {
  engine = await engineForTest()
})

const of = (run: Run): Promise<readonly string[]> => onEngine(engine, basename(run.folder))

/** PostgreSQL, WireMock and another one. */
const expectContainers = async (run: Run): Promise<void> => {
  const there = await of(run)
  expect(there.length, there.join('\n')).toBe(3)
}

const expectNoContainers = (run: Run): Promise<void> =>
  expect.poll(() => of(run), { timeout: withinMilliseconds, interval: 50 }).toEqual([])

const endings: readonly [string, (run: Run) => unknown][] = [
  ['it closes in order', (run) => say(run, 'close')],
  ['it is killed with kill -9', ({ child }) => child.kill('SIGKILL')],
  ['Ctrl-C interrupts its terminal', ({ child }) => process.kill(-(child.pid ?? 0), 'SIGINT')],
]

describe('no container and no network is left within 5 s of a run', () => {
  test.each(endings)('when %s', async (_, end) => {
    const run = await startRun('contained')
    await expectContainers(run)
    await end(run)
    await Promise.all([expectNoContainers(run), expectNothingLeft(run)])
  })
})

describe('when owner and reaper are killed together', () => {
  test('the next run removes the containers and says so; one that lives keeps its own', async () => {
    const runs = await mkdtemp(join(tmpdir(), 'proofbook-runs-'))
    onTestFinished(() => rm(runs, { recursive: true }))
    const [dead, other] = [await startRun('contained', runs), await startRun('contained', runs)]
    await killTogether(dead)
    await expectContainers(dead)

    const next = await startRun(runs)
    expect(await of(dead)).toEqual([])
    await expectContainers(other)
    expect(next.notices.join('\n')).toMatch(
      /^Cleaned up after run .*: \d+ processes, 3 containers, 1 folder\.$/m,
    )
    for (const run of [next, other]) say(run, 'close')
    await Promise.all([expectNoContainers(other), expectNothingLeft(other)])
  })
})
