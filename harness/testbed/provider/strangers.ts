import { readFile } from 'node:fs/promises'
import { markOf } from '../custody/leftovers.ts'
import { listenersAmong } from '../custody/listeners.ts'
import { processTable } from '../custody/process-table.ts'

/**
 * Programs that listen for a container's ports: a provider's command may be `docker run`, and its
 * ports are then opened by the engine.
 */
const forwarders: ReadonlySet<string> = new Set([
  'docker-proxy',
  'rootlesskit',
  'rootlessport',
  'slirp4netns',
  'pasta',
])

const nameOf = async (pid: number): Promise<string> =>
  (await readFile(`/proc/${pid}/comm`, 'latin1').catch(() => '')).trim()

/**
 * The program that listens on a port, where it is known not to be the provider: neither in its
 * process group nor started by it. Between the choice of a port and its use another program may take
 * it, and would be mistaken for the provider, since it answers.
 *
 * Only Linux tells, and only of processes that we may look at.
 *
 * @example
 * await strangerOn(port, owned.pid, testbedMark(custody, 'orders-1')) // 'process 812 (node)'
 */
export const strangerOn = async (
  port: number,
  group: number,
  mark: string,
): Promise<string | undefined> => {
  const leader = await listenersAmong(port, [group])
  // Nobody is seen where we may not look: then whoever answered counts as the provider.
  if (leader === undefined || leader.length > 0) return undefined
  const table = await processTable()
  const listeners = await listenersAmong(
    port,
    table.map(({ pid }) => pid),
  )
  if (listeners?.[0] === undefined) return undefined
  const groups = new Map(table.map((row) => [row.pid, row.group]))
  if (listeners.some((pid) => groups.get(pid) === group)) return undefined
  const marks = await Promise.all(listeners.map(markOf))
  if (marks.includes(mark)) return undefined
  const names = await Promise.all(listeners.map(nameOf))
  return names.some((name) => forwarders.has(name))
    ? undefined
    : `process ${listeners[0]} (${names[0]})`
}
