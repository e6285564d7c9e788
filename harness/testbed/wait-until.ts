import { setTimeout as after } from 'node:timers/promises'
import { parseDuration } from '../config/duration.ts'
import { Blocked } from '../model/user-error.ts'
import type { Exit, OwnedProcess } from './custody.ts'
import type { Look } from './provider/probe.ts'

/** Looked for often at first: a quick provider must not wait for us longer than we for it. */
const pollMilliseconds = 5
const slowPollMilliseconds = 25
const quickMilliseconds = 500
const logLines = 20

/** What is waited for: a process or a container. */
export type Watched = Pick<OwnedProcess, 'exited' | 'log'>

/** How something is waited for. */
export interface Waiting {
  /** As messages name it: `The provider "orders"`. */
  readonly title: string
  /** What must come true, in words. */
  readonly expected: string
  /** The bound, as the config writes it: `30s`. */
  readonly within: string
  /** What helps where it ends before, and where it is late. */
  readonly fixes: { readonly ended: string; readonly late: string }
  /** Looks once; bounded in time by itself. */
  readonly look: () => Promise<Look>
  readonly signal?: AbortSignal
}

const describeExit = ({ code, signal }: Exit): string => {
  if (signal !== null) return `by ${signal}`
  return code === null ? 'in a way that is not known' : `with exit code ${code}`
}

/** The end of a log, as a `Blocked` carries it. */
const tail = (watched: Watched): { readonly log: string } => ({
  log: watched.log().slice(-logLines).join('\n') || '(it printed nothing)',
})

/**
 * Looks again and again until something is ready; resolves with the host that it answers on.
 *
 * Throws `Blocked` with the exit code and the last lines of its log at once when it ends before, and
 * with what was last seen when it is not ready in time.
 */
export const waitUntil = async (
  watched: Watched,
  { title, expected, within, fixes, look, signal }: Waiting,
): Promise<string> => {
  const start = performance.now()
  const deadline = start + (parseDuration(within) ?? 30_000)
  let exit: Exit | undefined
  const ended = watched.exited.then((how) => {
    exit = how
    return { problem: 'it ended' }
  })
  const assertAlive = (): void => {
    if (exit === undefined) return
    const seconds = ((performance.now() - start) / 1000).toFixed(1)
    throw new Blocked({
      problem: `${title} ended ${describeExit(exit)} after ${seconds} s, before it was ready.`,
      expected,
      fix: fixes.ended,
      ...tail(watched),
    })
  }
  for (;;) {
    const seen = await Promise.race([look(), ended])
    signal?.throwIfAborted()
    assertAlive()
    if ('host' in seen) return seen.host
    if (performance.now() >= deadline)
      throw new Blocked({
        problem: `${title} was not ready within ${within}: ${seen.problem}.`,
        expected,
        fix: fixes.late,
        ...tail(watched),
      })
    const isQuick = performance.now() - start < quickMilliseconds
    await Promise.race([after(isQuick ? pollMilliseconds : slowPollMilliseconds), ended])
  }
}
