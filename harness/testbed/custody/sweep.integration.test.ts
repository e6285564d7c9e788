import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { deadProcess } from '../testing/dead-process.ts'
import { formatMachine, thisMachine, type Machine } from './machine.ts'
import { isAlive, processRow, type ProcessIdentity } from './process-table.ts'
import { formatLine, registryFile, type RegistryLine } from './registry.ts'
import { runMarker } from './run-marker.ts'
import { sweepDeadRuns } from './sweep.ts'

const here = await thisMachine()

const runsFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'proofbook-runs-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return folder
}

const writeRun = async (
  runs: string,
  runId: string,
  {
    owner = deadProcess,
    machine = here,
    lines = [],
  }: {
    readonly owner?: ProcessIdentity
    readonly machine?: Machine
    readonly lines?: readonly RegistryLine[]
  },
): Promise<void> => {
  await mkdir(join(runs, runId, 'deep', 'er'), { recursive: true })
  const first: RegistryLine = { what: 'run', machine: formatMachine(machine), owner }
  const text = [first, ...lines].map(formatLine).join('')
  await writeFile(join(runs, runId, registryFile), text)
}

/** A process that sleeps, in a group of its own. */
const sleeper = async (environment: Readonly<Record<string, string>> = {}) => {
  const child = spawn('sleep', ['60'], { detached: true, env: { ...process.env, ...environment } })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  const row = await processRow(child.pid ?? 0)
  return { pid: row?.pid ?? 0, startTime: row?.startTime ?? '' }
}

const group = (identity: ProcessIdentity): RegistryLine => ({
  what: 'group',
  group: { ...identity, signal: 'SIGTERM' },
})

const sentence = (runId: string, what: string): string =>
  `Cleaned up after run ${runId}, whose owner and reaper were killed: ${what}.`

describe('sweepDeadRuns', () => {
  test('ends the groups of a dead run, removes its folder, and says so', async () => {
    const [runs, child] = [await runsFolder(), await sleeper()]
    await writeRun(runs, '7-dead', { lines: [group(child)] })
    expect(await sweepDeadRuns([runs], here)).toEqual([sentence('7-dead', '1 process, 1 folder')])
    expect(await isAlive(child)).toBe(false)
    expect(await readdir(runs)).toEqual([])
    expect(await sweepDeadRuns([runs], here)).toEqual([])
  })

  test('finds what left its group, by the marker', async () => {
    const [runs, child] = [await runsFolder(), await sleeper({ [runMarker]: '7-dead' })]
    const other = await sleeper({ [runMarker]: '7-deadly' })
    await writeRun(runs, '7-dead', {})
    expect(await sweepDeadRuns([runs], here)).toEqual([sentence('7-dead', '1 process, 1 folder')])
    expect([await isAlive(child), await isAlive(other)]).toEqual([false, true])
  })

  test('a number that somebody else got since is not ended', async () => {
    const [runs, stranger] = [await runsFolder(), await sleeper()]
    const lines = [group({ ...stranger, startTime: '1' })]
    await writeRun(runs, '7-dead', { lines })
    expect(await sweepDeadRuns([runs], here)).toEqual([sentence('7-dead', '0 processes, 1 folder')])
    expect(await isAlive(stranger)).toBe(true)
  })

  test('an owner whose number somebody else got since is dead', async () => {
    const [runs, stranger] = [await runsFolder(), await sleeper()]
    await writeRun(runs, '7-dead', { owner: { ...stranger, startTime: '1' } })
    expect(await sweepDeadRuns([runs], here)).toHaveLength(1)
    expect(await isAlive(stranger)).toBe(true)
  })

  test("after a boot every number is somebody else's", async () => {
    const [runs, stranger] = [await runsFolder(), await sleeper()]
    const machine = { ...here, boot: 'another' }
    await writeRun(runs, '7-dead', { machine, owner: stranger, lines: [group(stranger)] })
    expect(await sweepDeadRuns([runs], here)).toEqual([sentence('7-dead', '0 processes, 1 folder')])
    expect(await isAlive(stranger)).toBe(true)
  })

  test.each<readonly [string, (alive: ProcessIdentity) => Parameters<typeof writeRun>[2]]>([
    ['whose owner lives', (owner) => ({ owner })],
    ['whose reaper lives', (reaper) => ({ lines: [{ what: 'reaper', reaper }] })],
    ['of another machine', () => ({ machine: { ...here, host: 'elsewhere' } })],
    ['of a container beside us', () => ({ machine: { ...here, namespace: 'pid:[1]' } })],
  ])('leaves a run alone %s', async (_, run) => {
    const [runs, alive, child] = [await runsFolder(), await sleeper(), await sleeper()]
    const { lines = [], ...rest } = run(alive)
    await writeRun(runs, '7-other', { ...rest, lines: [...lines, group(child)] })
    expect(await sweepDeadRuns([runs], here)).toEqual([])
    expect(await isAlive(child)).toBe(true)
    expect(await readdir(runs)).toEqual(['7-other'])
  })

  test('a folder that is being made is left alone, an old one goes', async () => {
    const runs = await runsFolder()
    for (const name of ['new-1', 'new-2']) await mkdir(join(runs, name))
    const longAgo = new Date(Date.now() - 120_000)
    await utimes(join(runs, 'new-1'), longAgo, longAgo)
    expect(await sweepDeadRuns([runs], here)).toEqual([])
    expect(await readdir(runs)).toEqual(['new-2'])
  })

  test('where there were no runs there is nothing to do', async () => {
    expect(await sweepDeadRuns([join(await runsFolder(), 'none')], here)).toEqual([])
  })
})
