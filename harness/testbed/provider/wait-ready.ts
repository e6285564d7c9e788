import type { Ready } from '../../config/schema.ts'
import { waitUntil, type Watched } from '../wait-until.ts'
import { look as lookAtLoopback, type Look } from './probe.ts'

const withinDefault = '30s'

/** What is waited for, in words. */
const describe = (ready: Ready, port: number, host = '127.0.0.1'): string => {
  if ('http' in ready) return `GET http://${host}:${port}${ready.http} answers 2xx`
  if ('log' in ready) return `its log says ${JSON.stringify(ready.log)}`
  return `it listens on port ${port}`
}

/** How a port is looked at: that it is open, or with a path what it answers there. Never rejects. */
export type LookAtPort = (path?: string) => Promise<Look>

/** Looks once whether a provider, or a container, is ready. Never rejects. */
export const lookReady = async (
  ready: Ready,
  watched: Watched,
  look: LookAtPort,
): Promise<Look> => {
  if ('http' in ready) return look(ready.http)
  if (!('log' in ready)) return look()
  if (!watched.log().some((line) => line.includes(ready.log)))
    return { problem: 'no such line yet' }
  // Which address it listens on is a question of its own; one that listens nowhere has none.
  const seen = await look()
  return 'host' in seen ? seen : { host: '127.0.0.1' }
}

/** How a provider, or a container, is waited for. */
export interface WaitOptions {
  /** As messages name it: `The provider "orders"`. */
  readonly title: string
  readonly port: number
  readonly ready: Ready
  readonly signal: AbortSignal
  /** Where the port is, if not on the loopback addresses. */
  readonly host?: string
  /** What it was started with, in words, for the fix. */
  readonly settings?: string
  /** Looks once at the port; default: the loopback addresses. */
  readonly look?: LookAtPort
}

/**
 * Waits until a provider is ready; resolves with the host that it answers on.
 *
 * Throws `Blocked` with the exit code and the last lines of its log at once when it ends before, and
 * with what was last seen when it is not ready in time.
 */
export const waitReady = (watched: Watched, options: WaitOptions): Promise<string> => {
  const { title, port, ready, signal, host, settings = 'start and environment' } = options
  const { look = (path?: string) => lookAtLoopback(port, path) } = options
  return waitUntil(watched, {
    title,
    expected: describe(ready, port, host),
    within: ready.within ?? withinDefault,
    fixes: {
      ended: `its last lines say why; what it is started with stands in ${settings}`,
      late: 'correct ready, or give it longer with ready.within',
    },
    look: () => lookReady(ready, watched, look),
    signal,
  })
}
