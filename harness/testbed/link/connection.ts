import { connect, type Socket } from 'node:net'
import { openFlow, type Flow } from './flow.ts'
import type { Stream } from './toxic.ts'

/** Where a link leads: a host name or address, and a port. */
export interface Target {
  readonly host: string
  readonly port: number
}

/** What is joined, and who is told. */
export interface ConnectionOptions {
  /** A socket that was accepted with `allowHalfOpen` and has no `data` listener yet. */
  readonly client: Socket
  readonly target: Target
  readonly onBytes?: (stream: Stream, bytes: Uint8Array) => void
  /** Called once, when both sides are gone. */
  readonly onClosed: () => void
}

/** A client and its target, joined. */
export interface Connection {
  readonly flows: Readonly<Record<Stream, Flow>>
  /** Closes both sides at once; what is still on its way is lost. */
  readonly cut: () => void
  /**
   * Closes the target's side at once and ends the client's. It stays until the client has closed its
   * end as well: only then is it sure that the client knows.
   */
  readonly dismiss: () => void
  /** Whether the client said something last: a question that has no answer yet. */
  readonly inFlight: () => boolean
}

const resetSocket = (socket: Socket): void => {
  if (socket.destroyed) return
  // Nothing can be reset that is not connected yet.
  if (socket.connecting) socket.destroy()
  else socket.resetAndDestroy()
}

const closeSocket = (socket: Socket): void => {
  if (socket.connecting) socket.destroy()
  else socket.destroySoon()
}

/**
 * Connects to the target and carries bytes both ways. A side that ends leaves the other direction
 * open (TCP's half-close); a side that fails, or a target that refuses, resets the other.
 *
 * @example
 * const connection = openConnection({ client, target: { host: '127.0.0.1', port: 5432 }, onClosed })
 */
export const openConnection = (options: ConnectionOptions): Connection => {
  const { client, target, onBytes, onClosed } = options
  const server = connect({ ...target, allowHalfOpen: true, noDelay: true })
  const sockets = [client, server]

  const all = (end: (socket: Socket) => void) => (): void => {
    for (const socket of sockets) end(socket)
    for (const flow of Object.values(flows)) flow.stop()
  }
  const close = all(closeSocket)
  const cut = all((socket) => socket.destroy())
  const reset = all(resetSocket)

  const dismiss = (): void => {
    for (const flow of Object.values(flows)) flow.stop()
    server.destroy()
    client.end()
    // What it still says goes nowhere, but its end is only seen by who reads.
    client.resume()
  }

  let last: Stream | undefined
  const flowOf = (stream: Stream, source: Socket, destination: Socket): Flow =>
    openFlow({
      source,
      destination,
      onBytes: (bytes) => {
        last = stream
        onBytes?.(stream, bytes)
      },
      close,
      cut,
      reset,
    })
  const flows = {
    upstream: flowOf('upstream', client, server),
    downstream: flowOf('downstream', server, client),
  }

  let open = sockets.length
  for (const socket of sockets) {
    socket.on('error', reset)
    socket.on('close', () => {
      open -= 1
      if (open > 0) return
      for (const flow of Object.values(flows)) flow.stop()
      onClosed()
    })
  }
  return { flows, cut, dismiss, inFlight: () => last === 'upstream' }
}
