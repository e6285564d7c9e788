import type { OwnedProcess } from './custody.ts'

/** What came of waiting for a line: the match, or why none came. */
export type AwaitedLine = RegExpExecArray | 'exited' | 'late'

/**
 * Waits until a process prints a line that matches, also where it has printed it already.
 *
 * Resolves with the match, with `exited` where the process ended without it, or with `late` where the
 * bound (in milliseconds) was over first. Never rejects.
 *
 * @example
 * const line = await waitForLine(server, /^port:\s+(\d+)/, 30_000)
 */
export const waitForLine = (
  owned: OwnedProcess,
  pattern: RegExp,
  withinMilliseconds: number,
): Promise<AwaitedLine> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => settle('late'), withinMilliseconds)
    const settle = (outcome: AwaitedLine): void => {
      clearTimeout(timer)
      resolve(outcome)
    }
    const look = (line: string): void => {
      const match = pattern.exec(line)
      if (match !== null) settle(match)
    }
    owned.onLine(look)
    owned.log().forEach(look)
    void owned.exited.then(() => {
      owned.log().forEach(look)
      return settle('exited')
    })
  })
