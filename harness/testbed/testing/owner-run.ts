import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished } from 'vitest'
import { parseRegistry, registryFile } from '../custody/registry.ts'
import { nothing, remainsOf } from './remains.ts'

/** The bound that is promised: how long anything may outlive a run. */
export const withinMilliseconds = 5000

/** An owner in a process of its own, with testbeds. */
export interface Run {
  readonly child: ChildProcess
  readonly folder: string
  readonly ports: readonly number[]
  readonly notices: readonly string[]
}

const script = fileURLToPath(new URL('./owner-process.ts', import.meta.url))

/** Starts an owner in a process group of its own, as a terminal would, and waits for its testbeds. */
export const startRun = async (...args: readonly string[]): Promise<Run> => {
  const child = spawn(process.execPath, ['--no-warnings', script, ...args], {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (text) => {
    said += String(text)
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  const failed = once(child, 'exit').then(() => {
    throw new Error(`the owner ended before it was ready: ${said}`)
  })
  failed.catch(() => {})
  const lines = once(createInterface(child.stdout), 'line') as Promise<[string]>
  const [line] = await Promise.race([lines, failed])
  return { child, ...(JSON.parse(line) as Omit<Run, 'child'>) }
}

/** Number of the process of a run's reaper. */
export const reaperOf = async ({ folder }: Run): Promise<number> =>
  parseRegistry(await readFile(join(folder, registryFile), 'utf8'))?.reaper?.pid ?? 0

/** Tells the owner what to do. */
export const say = (run: Run, word: string): void => {
  run.child.stdin?.write(`${word}\n`)
}

/** Waits until nothing is left of a run on this machine. */
export const expectNothingLeft = (run: Run): Promise<void> =>
  expect.poll(() => remainsOf(run), { timeout: withinMilliseconds, interval: 50 }).toEqual(nothing)

/** A test that counts nothing before proves nothing after. */
export const expectRunning = async (run: Run, processes: number): Promise<void> => {
  const remains = await remainsOf(run)
  expect(remains.processes.length, remains.processes.join('\n')).toBeGreaterThanOrEqual(processes)
  expect(remains.ports).toEqual(run.ports)
  expect(remains.folders).toEqual([run.folder])
}

/** Kills both at once: the owner cannot notice the reaper's end, nor the reaper the owner's. */
export const killTogether = async (run: Run): Promise<void> => {
  const reaper = await reaperOf(run)
  run.child.kill('SIGSTOP')
  process.kill(reaper, 'SIGKILL')
  const exited = once(run.child, 'exit')
  run.child.kill('SIGKILL')
  await exited
}
