import { setTimeout as after } from 'node:timers/promises'
import { isAlive, processTable, type ProcessIdentity, type ProcessRow } from './process-table.ts'
import { carriesMarker } from './run-marker.ts'
import type { OwnedGroup } from './registry.ts'

const pollMilliseconds = 20

/** How long after SIGKILL we still wait; a process in an uninterruptible wait may take longer. */
const lastWaitMilliseconds = 2000

/** Sends a signal to a process, or to a group if negative; one that is gone already is no error. */
export const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name)
  } catch {
    // ESRCH: it was quicker. EPERM: its number belongs to somebody else by now.
  }
}

/** The rows among `table` that descend from one of `ancestors`, without those themselves. */
export const descendants = (
  table: readonly ProcessRow[],
  ancestors: readonly ProcessRow[],
): readonly ProcessRow[] => {
  const known = new Set(ancestors.map(({ pid }) => pid))
  const found: ProcessRow[] = []
  let before = -1
  while (found.length !== before) {
    before = found.length
    for (const row of table)
      if (known.has(row.parent) && !known.has(row.pid)) {
        known.add(row.pid)
        found.push(row)
      }
  }
  return found
}

const living = async <P extends ProcessIdentity>(all: readonly P[]): Promise<readonly P[]> => {
  const alive = await Promise.all(all.map(isAlive))
  return all.filter((_, index) => alive[index])
}

const untilGone = async <P extends ProcessIdentity>(
  all: readonly P[],
  milliseconds: number,
): Promise<readonly P[]> => {
  const deadline = performance.now() + milliseconds
  let left = await living(all)
  while (left.length > 0 && performance.now() < deadline) {
    await after(pollMilliseconds)
    left = await living(left)
  }
  return left
}

const strays = async (
  table: readonly ProcessRow[],
  runId: string,
): Promise<readonly ProcessRow[]> => {
  const marks = await Promise.all(table.map(({ pid }) => carriesMarker(pid, runId)))
  return table.filter(({ pid }, index) => marks[index] && pid !== process.pid)
}

/**
 * Ends process groups, all that descend from them, and every process that carries the run's marker:
 * in order first, and by SIGKILL what is left after the grace time. A group counts only while its
 * leader is the very process that was registered, so that a recycled number is never signalled;
 * what a dead leader left behind is found by the marker.
 *
 * Resolves with how many processes there were.
 */
export const endProcesses = async (
  groups: readonly OwnedGroup[],
  { runId, graceMilliseconds }: { readonly runId: string; readonly graceMilliseconds: number },
): Promise<number> => {
  const table = (await processTable()).filter(({ zombie }) => !zombie)
  const startTimes = new Map(table.map(({ pid, startTime }) => [pid, startTime]))
  const ours = groups.filter(({ pid, startTime }) => startTimes.get(pid) === startTime)
  const leaders = new Set(ours.map(({ pid }) => pid))
  const members = table.filter(({ group }) => leaders.has(group))
  const marked = await strays(table, runId)
  const roots = [...new Set([...members, ...marked])]
  const all = [...roots, ...descendants(table, roots)]

  for (const group of ours) signal(-group.pid, group.signal)
  for (const row of marked) if (!leaders.has(row.group)) signal(row.pid, 'SIGTERM')
  for (const row of await untilGone(all, graceMilliseconds)) signal(row.pid, 'SIGKILL')
  await untilGone(all, lastWaitMilliseconds)
  return all.length
}
