import { randomBytes, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { chmod, mkdir } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { onLines, sendLine } from './json-lines.ts'
import { handlersOf, type Handlers } from './methods.ts'
import type { Call, Greeting, OwnerAddress } from './protocol.ts'
import type { Session, Testbeds } from './testbeds.ts'
import { toWireError } from './wire-error.ts'

/** A connection that does not say the run's word in this time is closed. */
const greetingMilliseconds = 5000

/** The socket that workers talk to. */
export interface OwnerServer {
  readonly address: OwnerAddress
  /** Ends all connections; what they held is given back. */
  close(): Promise<void>
}

const knows = (greeting: unknown, token: string): boolean => {
  const said = (greeting as Partial<Greeting> | null)?.token
  if (typeof said !== 'string' || said.length !== token.length) return false
  return timingSafeEqual(Buffer.from(said), Buffer.from(token))
}

const answer = async (socket: Socket, handlers: Handlers, call: Call): Promise<void> => {
  const { id, method, params } = call
  try {
    if (!Object.hasOwn(handlers, method)) throw new Error(`the owner knows no method "${method}"`)
    const handler = handlers[method as keyof Handlers] as (params: unknown) => unknown
    sendLine(socket, { id, result: await handler(params) })
  } catch (error) {
    sendLine(socket, { id, error: toWireError(error) })
  }
}

const serveOne = (socket: Socket, id: string, testbeds: Testbeds, token: string): void => {
  const ended = new AbortController()
  const session: Session = { id, signal: ended.signal }
  const handlers = handlersOf(testbeds, session)
  let greeted = false
  const impatient = setTimeout(() => socket.destroy(), greetingMilliseconds)
  onLines(socket, (message) => {
    if (greeted) {
      void answer(socket, handlers, message as Call)
      return
    }
    if (!knows(message, token)) {
      socket.destroy()
      return
    }
    greeted = true
    clearTimeout(impatient)
    sendLine(socket, { welcome: true })
  })
  socket.on('error', () => {})
  socket.once('close', () => {
    clearTimeout(impatient)
    ended.abort(new Error('the worker is gone'))
    testbeds.releaseAll(session)
  })
}

/**
 * Listens on a socket in the run's folder, in a folder of its own that only this user may enter.
 */
export const serveOwner = async (folder: string, testbeds: Testbeds): Promise<OwnerServer> => {
  const place = join(folder, 'owner')
  await mkdir(place, { mode: 0o700 })
  const path = join(place, 'socket')
  const token = randomBytes(24).toString('base64url')
  const sockets = new Set<Socket>()
  let count = 0
  const server = createServer((socket) => {
    count += 1
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    serveOne(socket, String(count), testbeds, token)
  })
  server.listen(path)
  await once(server, 'listening')
  server.on('error', () => {})
  await chmod(path, 0o600)
  return {
    address: { path, token },
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
