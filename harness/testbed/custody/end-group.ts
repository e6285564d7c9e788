import { setTimeout as after } from 'node:timers/promises'
import { signal } from './end-processes.ts'
import { processTable } from './process-table.ts'

const pollMilliseconds = 20

/** How long after SIGKILL we still wait. */
const lastWaitMilliseconds = 1000

/** While a group exists, the kernel gives its number to nobody else. */
const groupExists = (pid: number): boolean => {
  try {
    process.kill(-pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Zombies keep a group in existence for as long as their parent does not look. */
const onlyZombies = async (pid: number): Promise<boolean> =>
  (await processTable()).every(({ group, zombie }) => group !== pid || zombie)

const groupGone = async (pid: number, milliseconds: number): Promise<boolean> => {
  const deadline = performance.now() + milliseconds
  while (groupExists(pid)) {
    if (await onlyZombies(pid)) return true
    if (performance.now() >= deadline) return false
    await after(pollMilliseconds)
  }
  return true
}

/**
 * Ends a group whose leader is our own child: `name` first, SIGKILL after the grace time. `ended`
 * resolves when the leader has ended. A group that is gone is never signalled: its number may be
 * somebody else's by then.
 */
export const endGroup = async (
  pid: number,
  name: NodeJS.Signals,
  ended: Promise<void>,
  graceMilliseconds: number,
): Promise<void> => {
  const started = performance.now()
  if (!groupExists(pid)) return ended
  signal(-pid, name)
  const timer = new AbortController()
  const grace = after(graceMilliseconds, undefined, { signal: timer.signal }).catch(() => {})
  await Promise.race([ended, grace])
  timer.abort()
  const left = graceMilliseconds - (performance.now() - started)
  if (!(await groupGone(pid, left))) {
    signal(-pid, 'SIGKILL')
    await groupGone(pid, lastWaitMilliseconds)
  }
  await ended
}
