import { setTimeout as after } from 'node:timers/promises'
import { parseDuration } from '../../config/duration.ts'
import type { Ready } from '../../config/schema.ts'
import { Blocked } from '../../model/user-error.ts'
import type { Exit, OwnedProcess } from '../custody.ts'
import { look, type Look } from './probe.ts'

const withinDefault = '30s'
/** Looked for often at first: a quick provider must not wait for us longer than we for it. */
const pollMilliseconds = 5
const slowPollMilliseconds = 25
const quickMilliseconds = 500
const logLines = 20

/** What is waited for, in words. */
const describe = (ready: Ready, port: number): string => {
  if ('http' in ready) return `GET http://127.0.0.1:${port}${ready.http} answers 2xx`
  if ('log' in ready) return `its log says ${JSON.stringify(ready.log)}`
  return `it listens on port ${port}`
}

const describeExit = ({ code, signal }: Exit): string =>
  signal === null ? `with exit code ${code}` : `by ${signal}`

/** The end of a provider's log, as a `Blocked` carries it. */
const tail = (process: OwnedProcess): { readonly log: string } => ({
  log: process.log().slice(-logLines).join('\n') || '(it printed nothing)',
})

/** Looks once whether a provider is ready. Never rejects. */
export const lookReady = async (
  ready: Ready,
  port: number,
  process: OwnedProcess,
): Promise<Look> => {
  if ('http' in ready) return look(port, ready.http)
  if (!('log' in ready)) return look(port)
  if (!process.log().some((line) => line.includes(ready.log)))
    return { problem: 'no such line yet' }
  // Which address it listens on is a question of its own; one that listens nowhere has none.
  const seen = await look(port)
  return 'host' in seen ? seen : { host: '127.0.0.1' }
}

/** How a provider is waited for. */
export interface WaitOptions {
  /** As messages name it: `The provider "orders"`. */
  readonly title: string
  readonly port: number
  readonly ready: Ready
  readonly signal: AbortSignal
}

/**
 * Waits until a provider is ready; resolves with the host that it answers on.
 *
 * Throws `Blocked` with the exit code and the last lines of its log at once when it ends before, and
 * with what was last seen when it is not ready in time.
 */
export const waitReady = async (
  owned: OwnedProcess,
  { title, port, ready, signal }: WaitOptions,
): Promise<string> => {
  const within = ready.within ?? withinDefault
  const start = performance.now()
  const deadline = start + (parseDuration(within) ?? 30_000)
  let exit: Exit | undefined
  const ended = owned.exited.then((how) => {
    exit = how
    return { problem: 'it ended' }
  })
  const assertAlive = (): void => {
    if (exit === undefined) return
    const seconds = ((performance.now() - start) / 1000).toFixed(1)
    throw new Blocked({
      problem: `${title} ended ${describeExit(exit)} after ${seconds} s, before it was ready.`,
      expected: describe(ready, port),
      fix: 'its last lines say why; what it is started with stands in start and environment',
      ...tail(owned),
    })
  }
  for (;;) {
    const seen = await Promise.race([lookReady(ready, port, owned), ended])
    signal.throwIfAborted()
    assertAlive()
    if ('host' in seen) return seen.host
    if (performance.now() >= deadline)
      throw new Blocked({
        problem: `${title} was not ready within ${within}: ${seen.problem}.`,
        expected: describe(ready, port),
        fix: 'correct ready, or give it longer with ready.within',
        ...tail(owned),
      })
    const quick = performance.now() - start < quickMilliseconds
    await Promise.race([after(quick ? pollMilliseconds : slowPollMilliseconds), ended])
  }
}
