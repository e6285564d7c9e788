import { openConnection, type Target } from './connection.ts'
import { openGate } from './gate.ts'
import { newRecorder, preciseNow, type Mark, type Recorder } from './recording.ts'

/** What went over one connection, from the client's point of view. Times in ms since 1970. */
export interface RecordedConnection {
  readonly sent: Uint8Array
  readonly received: Uint8Array
  readonly sentMarks: readonly Mark[]
  readonly receivedMarks: readonly Mark[]
  /** Whether more went over it, in one direction or the other, than was kept. */
  readonly truncated: boolean
  readonly startedAt: number
  /** Absent while it is open. */
  readonly endedAt?: number
}

/** What a tap is made of. */
export interface TapOptions {
  readonly target: Target
  /** How many bytes are kept of each direction of each connection; default 256 kB. */
  readonly bytesMax?: number
  /** The address to listen on; default `127.0.0.1`. */
  readonly listen?: string
}

/** A link that records and changes nothing. */
export interface Tap extends AsyncDisposable {
  readonly host: string
  readonly port: number
  /**
   * What was recorded since the last time, in the order in which connections were opened. One that
   * was open then is there again if anything more went over it, or once it has ended.
   */
  take(): readonly RecordedConnection[]
  close(): Promise<void>
}

interface Tapped {
  readonly sent: Recorder
  readonly received: Recorder
  readonly startedAt: number
  endedAt?: number
  /** Whether it was handed out before: then only news of it matter. */
  taken: boolean
}

/** Nobody took them in time: the rest goes through unrecorded, and says so. */
const untakenMax = 1000

const recorded = ({ sent, received, startedAt, endedAt }: Tapped): RecordedConnection => {
  const there = sent.take()
  const back = received.take()
  return {
    sent: there.bytes,
    received: back.bytes,
    sentMarks: there.marks,
    receivedMarks: back.marks,
    truncated: there.truncated || back.truncated,
    startedAt,
    ...(endedAt === undefined ? {} : { endedAt }),
  }
}

/**
 * Opens a recording link, to be put in front of a provider.
 *
 * @example
 * await using tap = await openTap({ target: { host: '127.0.0.1', port: 4000 } })
 * await fetch(`http://${tap.host}:${tap.port}/orders`)
 * const [connection] = tap.take()
 */
export const openTap = async (options: TapOptions): Promise<Tap> => {
  const { target, bytesMax = 256_000, listen = '127.0.0.1' } = options
  const cuts = new Map<() => void, Promise<void>>()
  let all: Tapped[] = []

  const gate = await openGate(listen, (client) => {
    const bound = all.length < untakenMax ? bytesMax : 0
    const tapped: Tapped = {
      sent: newRecorder(bound),
      received: newRecorder(bound),
      startedAt: preciseNow(),
      taken: false,
    }
    all.push(tapped)
    const { promise, resolve } = Promise.withResolvers<void>()
    const { cut } = openConnection({
      client,
      target,
      onBytes: (stream, bytes) =>
        (stream === 'upstream' ? tapped.sent : tapped.received).add(bytes),
      onClosed: () => {
        tapped.endedAt = preciseNow()
        cuts.delete(cut)
        resolve()
      },
    })
    cuts.set(cut, promise)
  })

  const close = async (): Promise<void> => {
    await gate.close()
    const closed = [...cuts.values()]
    for (const cut of cuts.keys()) cut()
    await Promise.all(closed)
  }

  return {
    host: gate.host,
    port: gate.port,
    take: () => {
      const connections = all.flatMap((tapped) => {
        const connection = recorded(tapped)
        const { sent, received, truncated, endedAt } = connection
        const isNews = sent.length > 0 || received.length > 0 || truncated || endedAt !== undefined
        const known = tapped.taken
        tapped.taken = true
        return isNews || !known ? [connection] : []
      })
      all = all.filter(({ endedAt }) => endedAt === undefined)
      return connections
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}
