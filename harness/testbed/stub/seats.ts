import { Blocked } from '../../model/user-error.ts'
import type { StubServer } from './stub-server.ts'

/** One server, taken by one testbed. */
export interface Seat {
  readonly server: StubServer
  /** Gives it to whoever waits longest. An unusable server is ended and replaced when needed. */
  release(state: 'usable' | 'unusable'): Promise<void>
}

/** A bounded number of servers, started when they are needed. */
export interface Seats {
  /** Waits where all are taken, first come, first served. Throws what starting a server throws. */
  take(): Promise<Seat>
  close(): Promise<void>
}

const ended = (): Blocked =>
  new Blocked({ problem: 'The run ended before a stub server was ready.' })

/**
 * Makes a bounded number of seats for servers that `start` makes.
 *
 * @example
 * const seats = openSeats(2, () => startStubServer(options))
 */
export const openSeats = (count: number, start: () => Promise<StubServer>): Seats => {
  const running = new Set<StubServer>()
  const idle: StubServer[] = []
  const waiting: (() => void)[] = []
  let free = count
  let closed = false

  const claim = async (): Promise<void> => {
    if (free > 0) free -= 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
  }
  const giveUp = (): void => {
    const next = waiting.shift()
    if (next === undefined) free += 1
    else next()
  }
  const end = async (server: StubServer): Promise<void> => {
    running.delete(server)
    await server.close()
  }
  const usable = async (): Promise<StubServer> => {
    for (let server = idle.pop(); server !== undefined; server = idle.pop()) {
      if (server.failure() === undefined) return server
      await end(server)
    }
    if (closed) throw ended()
    const server = await start()
    running.add(server)
    if (closed) {
      await end(server)
      throw ended()
    }
    return server
  }

  return {
    take: async () => {
      await claim()
      try {
        const server = await usable()
        let released = false
        return {
          server,
          release: async (state) => {
            if (released) return
            released = true
            if (state === 'usable' && server.failure() === undefined) idle.push(server)
            else await end(server)
            giveUp()
          },
        }
      } catch (error) {
        giveUp()
        throw error
      }
    },
    close: async () => {
      closed = true
      for (const next of waiting.splice(0)) next()
      await Promise.all([...running].map(end))
    },
  }
}
