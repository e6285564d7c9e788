import type { Testbed } from '../../testbed/testbed.ts'

/**
 * Opens a window on the provider's log: what is returned reads the lines since now. What it printed
 * while it started is no part of what it says about a request.
 *
 * @example
 * const printed = await logWindow(testbed)
 * await printed() // the lines since then
 */
export const logWindow = async (
  testbed: Pick<Testbed, 'log'>,
): Promise<() => Promise<readonly string[]>> => {
  const before = await testbed.log().catch((): readonly string[] => [])
  const last = before.at(-1)
  return async () => {
    const after = await testbed.log().catch((): readonly string[] => [])
    // The oldest lines of a long log are forgotten, so its length alone does not say where to begin.
    const at = after[before.length - 1] === last ? before.length : after.lastIndexOf(last ?? '') + 1
    return after.slice(at)
  }
}
