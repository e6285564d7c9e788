import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { openLink, type LinkProxy } from '../link.ts'
import { peerOf, type Peer } from './peer.ts'

/** A server, a link to it, and both ends of every connection through it. */
export interface Rig extends AsyncDisposable {
  readonly link: LinkProxy
  /** A connection through the link, with its end at the server. */
  dial(): Promise<{ readonly client: Peer; readonly server: Peer }>
  /** The client's end alone, for connections that are not meant to reach the server. */
  dialAlone(): Peer
}

/** Options of {@link openRig}. */
export interface RigOptions {
  readonly random?: () => number
  /** What the server does with each connection; default: nothing. */
  readonly serve?: (socket: Socket) => void
}

/** Opens a rig whose ends are half-open, as TCP is. */
export const openRig = async ({ random, serve }: RigOptions = {}): Promise<Rig> => {
  const sockets = new Set<Socket>()
  const arrivals: ((peer: Peer) => void)[] = []
  const kept = (socket: Socket): Peer => {
    sockets.add(socket)
    return peerOf(socket)
  }
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    const peer = kept(socket)
    serve?.(socket)
    arrivals.shift()?.(peer)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const link = await openLink({
    name: 'payments',
    target: { host: '127.0.0.1', port },
    ...(random === undefined ? {} : { random }),
  })
  const dialAlone = (): Peer =>
    kept(connect({ host: link.host, port: link.port, allowHalfOpen: true, noDelay: true }))
  return {
    link,
    dialAlone,
    dial: async () => {
      const arrived = new Promise<Peer>((resolve) => arrivals.push(resolve))
      return { client: dialAlone(), server: await arrived }
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy()
      await link.close()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Sends back whatever comes, and ends when the client does. */
export const echo = (socket: Socket): void => {
  socket.pipe(socket)
}
