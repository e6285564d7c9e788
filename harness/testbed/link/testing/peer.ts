import type { Socket } from 'node:net'

/** One end of a connection in a test: collects what comes, and lets tests wait for it. */
export interface Peer {
  readonly socket: Socket
  /** All that came so far. */
  bytes(): Buffer
  /** How the bytes came: the length of each chunk. */
  readonly chunks: readonly number[]
  /** Resolves when at least so many bytes have come. */
  has(count: number): Promise<Buffer>
  /** Resolves with all that came, when the other side has ended. */
  readonly ended: Promise<Buffer>
  /** Resolves when the socket is closed, with the code of the error that closed it. */
  readonly closed: Promise<string | undefined>
}

/** Wraps a socket. */
export const peerOf = (socket: Socket): Peer => {
  const parts: Buffer[] = []
  const chunks: number[] = []
  const bytes = (): Buffer => Buffer.concat(parts)
  let code: string | undefined
  socket.on('data', (part: Buffer) => {
    parts.push(part)
    chunks.push(part.length)
  })
  socket.on('error', (error: NodeJS.ErrnoException) => {
    code = error.code
  })
  let count = 0
  socket.on('data', (part: Buffer) => {
    count += part.length
  })
  return {
    socket,
    bytes,
    chunks,
    has: (wanted) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (count < wanted) return
          socket.off('data', look)
          resolve(bytes())
        }
        socket.on('data', look)
        look()
      }),
    ended: new Promise((resolve) => {
      socket.once('end', () => resolve(bytes()))
    }),
    closed: new Promise((resolve) => {
      socket.once('close', () => resolve(code))
    }),
  }
}
