import { testbedOf } from '../custody/leftovers.ts'
import { listenersAmong } from '../custody/listeners.ts'
import { processTable } from '../custody/process-table.ts'

/**
 * Whether the program that listens on a port is known not to be the provider: neither in its process
 * group nor started by it. Between the choice of a port and its use another program may take it, and
 * would be mistaken for the provider, since it answers.
 *
 * @example
 * await isStrangers(port, owned.pid, 'orders-1') // false
 */
export const isStrangers = async (
  port: number,
  group: number,
  testbed: string,
): Promise<boolean> => {
  const leader = await listenersAmong(port, [group])
  // Nobody is seen where we may not look: then whoever answered counts as the provider.
  if (leader === undefined || leader.length > 0) return false
  const table = await processTable()
  const listeners = await listenersAmong(
    port,
    table.map(({ pid }) => pid),
  )
  if (listeners === undefined || listeners.length === 0) return false
  const groups = new Map(table.map((row) => [row.pid, row.group]))
  if (listeners.some((pid) => groups.get(pid) === group)) return false
  const testbeds = await Promise.all(listeners.map(testbedOf))
  return !testbeds.includes(testbed)
}
