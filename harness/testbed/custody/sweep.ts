import { counted } from '../../model/counted.ts'
import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { removeContainersOf } from '../engine/remove-containers.ts'
import { endProcesses } from './end-processes.ts'
import { compareMachine, type Machine } from './machine.ts'
import { isAlive } from './process-table.ts'
import { parseRegistry, registryFile, type Registry } from './registry.ts'

const graceMilliseconds = 1000

/** A folder without a registry is being made, unless it is older than this. */
const unfinishedMilliseconds = 60_000

/** A registry is bounded: it came from a file. */
const registryBytesMax = 64 * 1024 * 1024

const isAbandoned = async (folder: string): Promise<boolean> => {
  const stats = await stat(folder).catch(() => undefined)
  return stats !== undefined && Date.now() - stats.mtimeMs > unfinishedMilliseconds
}

const readRegistry = async (folder: string): Promise<Registry | undefined> => {
  const file = join(folder, registryFile)
  const stats = await stat(file).catch(() => undefined)
  if (stats === undefined || stats.size > registryBytesMax) return undefined
  return parseRegistry(await readFile(file, 'utf8').catch(() => ''))
}

/** Whether nobody is left who would end this run: neither its owner nor its reaper. */
const isDead = async ({ owner, reaper }: Registry): Promise<boolean> =>
  !(await isAlive(owner)) && (reaper === undefined || !(await isAlive(reaper)))

const remove = (folder: string): Promise<void> =>
  rm(folder, { recursive: true, force: true, maxRetries: 3 })

/** Throws where some may be left: the folder then stays, and the next run tries again. */
const removeContainers = async ({ engines }: Registry, runId: string): Promise<number> => {
  const removals = await Promise.all(engines.map((engine) => removeContainersOf(engine, runId)))
  for (const { problem } of removals)
    if (problem !== undefined) throw new Error(`its containers are left: ${problem}`)
  return removals.reduce((sum, { removed }) => sum + removed, 0)
}

const sweepRun = async (
  folder: string,
  runId: string,
  here: Machine,
): Promise<string | undefined> => {
  const registry = await readRegistry(folder)
  if (registry === undefined) {
    if (await isAbandoned(folder)) await remove(folder)
    return undefined
  }
  const where = compareMachine(registry.machine, here)
  if (where === 'another') return undefined
  if (where === 'same' && !(await isDead(registry))) return undefined
  // After a boot every number is somebody else's.
  const ended =
    where === 'earlier' ? 0 : await endProcesses(registry.groups, { runId, graceMilliseconds })
  // A container outlives a boot, as something that has ended.
  const containers = await removeContainers(registry, runId)
  await remove(folder)
  const found = [
    counted(ended, 'process', 'processes'),
    ...(containers === 0 ? [] : [counted(containers, 'container')]),
  ]
  return `Cleaned up after run ${runId}, whose owner and reaper were killed: ${found.join(', ')}, 1 folder.`
}

/**
 * Ends what is left of runs whose owner *and* reaper are gone, and removes their folders. A run that
 * either of them still looks after is left alone, and so is one of another machine or container.
 *
 * Resolves with one sentence for each run. What cannot be cleaned is said, never thrown.
 */
export const sweepDeadRuns = async (
  folders: readonly string[],
  here: Machine,
): Promise<readonly string[]> => {
  const notices: string[] = []
  for (const runs of folders)
    for (const runId of await readdir(runs).catch(() => []))
      try {
        const notice = await sweepRun(join(runs, runId), runId, here)
        if (notice !== undefined) notices.push(notice)
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error)
        notices.push(`What run ${runId} left behind could not be cleaned up: ${reason}.`)
      }
  return notices
}
