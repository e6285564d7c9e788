import { get } from 'node:http'
import { connect } from 'node:net'

/** Bound on one look, so that a provider that accepts and says nothing is looked at again. */
const lookMilliseconds = 2000

/** Loopback addresses that a provider may listen on, as they stand in a URL. */
const loopbackHosts = ['127.0.0.1', '[::1]'] as const

/** What one look at a provider showed: the host it answers on, or why it does not count as ready. */
export type Look = { readonly host: string } | { readonly problem: string }

const bare = (host: string): string => host.replace(/^\[|\]$/g, '')

const reason = (error: unknown): string => {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ECONNREFUSED') return 'connection refused'
  return code ?? (error instanceof Error ? error.message : String(error))
}

const lookAtPort = (host: string, port: number): Promise<Look> =>
  new Promise((resolve) => {
    const socket = connect({ host: bare(host), port })
    const done = (look: Look): void => {
      socket.destroy()
      resolve(look)
    }
    socket.setTimeout(lookMilliseconds, () => done({ problem: 'no connection' }))
    socket.once('connect', () => done({ host }))
    socket.on('error', (error) => done({ problem: reason(error) }))
  })

const lookAtHttp = (host: string, port: number, path: string): Promise<Look> =>
  new Promise((resolve) => {
    // No agent: a connection that is kept open would be in the way of the first fault.
    const request = get({ host: bare(host), port, path, agent: false }, (answer) => {
      const { statusCode: status = 0 } = answer
      resolve(status >= 200 && status < 300 ? { host } : { problem: `it answered ${status}` })
      answer.destroy()
    })
    request.setTimeout(lookMilliseconds, () => {
      resolve({ problem: `no answer within ${lookMilliseconds / 1000} s` })
      request.destroy()
    })
    request.on('error', (error) => resolve({ problem: reason(error) }))
  })

/** A proxy that found nobody behind it closes what it accepted within this time. */
const heldMilliseconds = 250

/**
 * Looks once whether a connection to a port is accepted *and kept*: an engine's own proxy accepts for
 * a container that does not listen yet, and closes at once. Never rejects.
 */
export const lookBehindProxy = (host: string, port: number): Promise<Look> =>
  new Promise((resolve) => {
    const socket = connect({ host, port })
    const done = (seen: Look): void => {
      socket.destroy()
      resolve(seen)
    }
    const kept = (): void => done({ host })
    socket.setTimeout(lookMilliseconds, () => done({ problem: 'no connection' }))
    socket.once('connect', () => setTimeout(kept, heldMilliseconds))
    socket.once('data', kept)
    socket.once('end', () => done({ problem: 'nobody listens in the container' }))
    socket.on('error', (error) => done({ problem: reason(error) }))
  })

/**
 * Looks once whether something answers on a port, of the loopback addresses where no others are
 * given: with 2xx on `path` where there is one, else by accepting a connection. Never rejects.
 */
export const look = async (
  port: number,
  path?: string,
  hosts: readonly string[] = loopbackHosts,
): Promise<Look> => {
  let first: Look | undefined
  for (const host of hosts) {
    const seen = await (path === undefined ? lookAtPort(host, port) : lookAtHttp(host, port, path))
    if ('host' in seen) return seen
    first ??= seen
  }
  return first ?? { problem: 'nothing listens' }
}
