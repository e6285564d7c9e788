import { mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { Blocked } from '../../model/user-error.ts'
import { nothing, remainsOf } from '../testing/remains.ts'
import { openCustody, type OpenCustody } from './open-custody.ts'
import { processTable } from './process-table.ts'

const environment = { PATH: process.env.PATH ?? '' }

const temporary = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'proofbook-runs-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return folder
}

const custodyForTest = async (): Promise<OpenCustody> => {
  const custody = await openCustody([await temporary()])
  onTestFinished(() => custody.close())
  return custody
}

const shell = (custody: OpenCustody, script: string) =>
  custody.spawn('sh', ['-c', script], { environment })

const groupSize = async (group: number): Promise<number> =>
  (await processTable()).filter((row) => row.group === group && !row.zombie).length

describe('a process in custody', () => {
  test('prints into a log, and its end is told', async () => {
    const custody = await custodyForTest()
    const owned = await shell(custody, 'echo out; echo err >&2; exit 3')
    expect(await owned.exited).toEqual({ code: 3, signal: null })
    expect(owned.log().toSorted()).toEqual(['err', 'out'])
  })

  test('gets no environment but what is named, and the marker of its run', async () => {
    const custody = await custodyForTest()
    const owned = await custody.spawn('env', [], { environment: { ...environment, A: 'b' } })
    await owned.exited
    const names = owned.log().map((line) => line.split('=')[0] ?? '')
    expect(names.toSorted()).toEqual(['A', 'PATH', 'PROOFBOOK_RUN'])
    expect(owned.log()).toContain(`PROOFBOOK_RUN=${custody.runId}`)
  })

  test('stops with all that it started', async () => {
    const custody = await custodyForTest()
    const owned = await shell(custody, 'sleep 60 & sleep 60 & echo ready; wait')
    await expect.poll(() => owned.log()).toEqual(['ready'])
    expect(await groupSize(owned.pid)).toBe(3)
    await owned.stop()
    expect(await groupSize(owned.pid)).toBe(0)
    expect((await owned.exited).signal).toBe('SIGTERM')
  })

  test('is killed when it does not stop within the grace time', async () => {
    const custody = await custodyForTest()
    const owned = await shell(custody, "trap '' TERM; echo ready; while :; do sleep 1; done")
    await expect.poll(() => owned.log()).toEqual(['ready'])
    await owned.stop(100)
    expect(await owned.exited).toEqual({ code: null, signal: 'SIGKILL' })
    expect(await groupSize(owned.pid)).toBe(0)
  })

  test('is stopped by the signal that it asked for', async () => {
    const custody = await custodyForTest()
    const script = "trap 'echo quick; exit 0' QUIT; echo ready; while :; do sleep 0.05; done"
    const owned = await custody.spawn('sh', ['-c', script], { environment, stopSignal: 'SIGQUIT' })
    await expect.poll(() => owned.log()).toEqual(['ready'])
    await owned.stop()
    await owned.exited
    expect(owned.log()).toContain('quick')
  })

  test('when it ends by itself, what it left in its group is ended', async () => {
    const custody = await custodyForTest()
    const owned = await shell(custody, 'sleep 60 & exit 0')
    await owned.exited
    await expect.poll(() => groupSize(owned.pid)).toBe(0)
  })

  test.each([
    ['no-such-program', 'there is no such program on the PATH that it was given'],
    ['/etc', 'it may not be executed'],
    ['nul\0byte', 'without null bytes'],
  ])('%j cannot be started', async (command, reason) => {
    const custody = await custodyForTest()
    const starting = custody.spawn(command, [], { environment })
    await expect(starting).rejects.toThrow(Blocked)
    await expect(starting).rejects.toThrow(reason)
  })
})

describe('custody', () => {
  test('closing it ends everything, once', async () => {
    const custody = await custodyForTest()
    await writeFile(join(custody.folder, 'file'), 'x')
    await shell(custody, 'exec sleep 60')
    await shell(custody, '(setsid sleep 60 &); exec sleep 60')
    await expect
      .poll(async () => (await remainsOf({ folder: custody.folder, ports: [] })).processes.length)
      .toBe(4)
    await Promise.all([custody.close(), custody.close()])
    expect(await remainsOf({ folder: custody.folder, ports: [] })).toEqual(nothing)
  })

  test('after that nothing is started any more', async () => {
    const custody = await custodyForTest()
    await custody.close()
    await expect(shell(custody, 'exec sleep 60')).rejects.toThrow('The run has ended.')
  })

  test('others may pass through its folder but not look into it', async () => {
    const { folder } = await custodyForTest()
    expect((await stat(folder)).mode & 0o777).toBe(0o711)
    expect((await stat(join(folder, 'registry.jsonl'))).mode & 0o777).toBe(0o600)
  })

  test('a folder that is a trap of somebody else is not used', async () => {
    const base = await temporary()
    await mkdir(join(base, 'theirs'))
    await symlink(join(base, 'theirs'), join(base, 'trap'))
    await expect(openCustody([join(base, 'trap')])).rejects.toThrow('belongs to somebody else')
    const custody = await openCustody([join(base, 'trap'), join(base, 'ours')])
    onTestFinished(() => custody.close())
    expect(custody.folder.startsWith(join(base, 'ours'))).toBe(true)
  })

  test("a reaper that is gone is in nobody's way", async () => {
    const custody = await custodyForTest()
    const { processes } = await remainsOf({ folder: custody.folder, ports: [] })
    expect(processes).toHaveLength(1)
    await shell(custody, 'exec sleep 60')
    process.kill(Number.parseInt(processes[0] ?? '', 10), 'SIGKILL')
    await expect
      .poll(async () => (await remainsOf({ folder: custody.folder, ports: [] })).processes.length)
      .toBe(1)
    await shell(custody, 'exec sleep 60')
    await custody.close()
    expect(await remainsOf({ folder: custody.folder, ports: [] })).toEqual(nothing)
  })
})
