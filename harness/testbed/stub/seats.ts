import { Blocked } from '../../model/user-error.ts'

/** What can be taken by one testbed after the other. */
export interface Seatable {
  /** Why it cannot be used any more, if that is so. */
  failure(): Blocked | undefined
  close(): Promise<void>
}

/** One server, taken by one testbed. */
export interface Seat<Server> {
  readonly server: Server
  /** Gives it to whoever waits longest. An unusable server is ended and replaced when needed. */
  release(state: 'usable' | 'unusable'): Promise<void>
}

/** A bounded number of servers, started when they are needed. */
export interface Seats<Server> {
  /** Waits where all are taken, first come, first served. Throws what starting a server throws. */
  take(): Promise<Seat<Server>>
  close(): Promise<void>
}

const ended = (what: string): Blocked =>
  new Blocked({ problem: `The run ended before ${what} was ready.` })

/**
 * Makes a bounded number of seats for servers that `start` makes.
 *
 * @example
 * const seats = openSeats(2, () => startStubServer(options))
 */
export const openSeats = <Server extends Seatable>(
  count: number,
  start: () => Promise<Server>,
  what = 'a stub server',
): Seats<Server> => {
  const running = new Set<Server>()
  const idle: Server[] = []
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
  const end = async (server: Server): Promise<void> => {
    running.delete(server)
    await server.close()
  }
  const usable = async (): Promise<Server> => {
    for (let server = idle.pop(); server !== undefined; server = idle.pop()) {
      if (server.failure() === undefined) return server
      await end(server)
    }
    if (closed) throw ended(what)
    const server = await start()
    running.add(server)
    if (closed) {
      await end(server)
      throw ended(what)
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
