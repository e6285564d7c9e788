import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { Blocked } from '../../model/user-error.ts'

/** Where clients come in. */
export interface Gate {
  readonly host: string
  readonly port: number
  /** From this moment on connections are refused (ECONNREFUSED). Those that exist stay. */
  shut(): void
  /** Takes connections again, on the same port. Throws `Blocked` if another program took it. */
  open(): Promise<void>
  /** Shuts for good. */
  close(): Promise<void>
}

const ignore = (): void => {}

const listen = (server: Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port }, () => {
      server.off('error', reject)
      // A failed accept (too many open files) concerns that client only.
      server.on('error', ignore)
      resolve()
    })
  })

/**
 * Keeps a port ours while nobody listens on it: a socket that is bound to the port and connected to
 * itself (TCP's simultaneous open). Other programs cannot be given the port, clients are refused,
 * and a listener of ours can be bound beside it. Where a system does not do that, the port is
 * merely free for that time.
 */
const holdPort = (host: string, port: number): Socket => {
  const holder = connect({ host, port, localAddress: host, localPort: port })
  holder.on('error', ignore)
  holder.unref()
  return holder
}

const attempts = 5

/**
 * Listens on a port that the system chooses.
 *
 * @example
 * const gate = await openGate('127.0.0.1', (client) => client.end())
 */
export const openGate = async (host: string, onClient: (client: Socket) => void): Promise<Gate> => {
  const newServer = (): Server =>
    createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
      // At once: an error event without a listener would end the whole process.
      client.on('error', ignore)
      onClient(client)
    })

  let server: Server | undefined = newServer()
  await listen(server, host, 0).catch((cause: Error) => {
    throw new Blocked({
      problem: `A link cannot listen on ${host}: ${cause.message}`,
      fix: 'give an address of this machine',
    })
  })
  const { port } = server.address() as AddressInfo
  let holder: Socket | undefined
  let state: 'open' | 'shut' | 'closed' = 'open'
  let opening: Promise<void> = Promise.resolve()

  const releasePort = (): void => {
    if (holder?.connecting === false) holder.resetAndDestroy()
    else holder?.destroy()
    holder = undefined
  }

  const reopen = async (): Promise<void> => {
    for (let attempt = 1; server === undefined; attempt += 1) {
      if (state !== 'open') return
      const fresh = newServer()
      try {
        await listen(fresh, host, port)
        // Meanwhile it may have been shut again.
        if (state === 'open') server = fresh
        else fresh.close()
      } catch (cause) {
        if (attempt === attempts) {
          state = 'shut'
          throw new Blocked({
            problem: `The port ${port} was taken by another program while the link was down: ${(cause as Error).message}`,
            fix: 'run it again',
          })
        }
        releasePort()
        await delay(2 ** attempt)
      }
    }
    releasePort()
  }

  return {
    host,
    port,
    shut: () => {
      if (state !== 'open') return
      state = 'shut'
      server?.close()
      server = undefined
      holder ??= holdPort(host, port)
    },
    open: () => {
      if (state === 'shut') state = 'open'
      opening = opening.catch(ignore).then(reopen)
      return opening
    },
    close: async () => {
      state = 'closed'
      server?.close()
      server = undefined
      await opening.catch(ignore)
      releasePort()
    },
  }
}
