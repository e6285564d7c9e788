import type { Socket } from 'node:net'
import { startStage, type Receiver, type Stage } from './stage.ts'
import type { ToxicFlow } from './toxics/shape.ts'

/** What the connection does for its two flows. */
export interface FlowOptions {
  readonly source: Socket
  readonly destination: Socket
  /** Sees all that comes off the source, before any toxic. */
  readonly onBytes?: ((bytes: Uint8Array) => void) | undefined
  readonly close: () => void
  readonly cut: () => void
  readonly reset: () => void
}

/** A toxic as it is put on one flow. */
interface StageOptions {
  readonly run: (flow: ToxicFlow) => Promise<void>
  readonly bite: () => void
  readonly random: () => number
  readonly waitingBytesMax?: number | undefined
}

/** One direction of one connection. */
export interface Flow {
  /** Puts a toxic at the end of the chain. The result takes it away again, losing nothing. */
  add(options: StageOptions): () => Promise<void>
  /** Ends all toxics: the connection is gone. */
  stop(): void
}

const receiverOf = ({ destination, close }: FlowOptions): Receiver => ({
  push: (bytes) => {
    if (destination.writable) destination.write(bytes)
  },
  hasRoom: () => !destination.writableNeedDrain || destination.destroyed,
  end: (ending) => {
    if (ending === 'whole') close()
    else destination.end()
  },
})

/**
 * Carries bytes from one socket to another, through any number of toxics:
 *
 *     source -> stage -> stage -> destination
 *
 * Each stage has a bounded queue. Where the next one has no room a stage stops reading, up to the
 * source, which is paused: so a slow reader slows the writer. Without toxics a chunk goes straight
 * from socket to socket.
 *
 * @example
 * const flow = openFlow({ source: client, destination: server, close, cut, reset })
 */
export const openFlow = (options: FlowOptions): Flow => {
  const { source, destination, onBytes, cut, reset } = options
  const socket = receiverOf(options)
  const stages: Stage[] = []
  let waiting: (() => void)[] = []

  const head = (): Receiver => stages[0] ?? socket

  const onProgress = (): void => {
    const woken = waiting
    waiting = []
    for (const wake of woken) wake()
    if (source.isPaused() && head().hasRoom()) source.resume()
  }

  source.on('data', (bytes: Buffer) => {
    onBytes?.(bytes)
    const receiver = head()
    receiver.push(bytes)
    if (!receiver.hasRoom()) source.pause()
  })
  source.on('end', () => {
    head().end('half')
  })
  destination.on('drain', onProgress)

  return {
    add: ({ run, bite, random, waitingBytesMax }) => {
      const stage = startStage(
        run,
        {
          next: () => stages[stages.indexOf(stage) + 1] ?? socket,
          progress: () => new Promise((resolve) => waiting.push(resolve)),
          onProgress,
          onDone: () => stages.splice(stages.indexOf(stage), 1),
          bite,
          random,
          cut,
          reset,
        },
        waitingBytesMax,
      )
      stages.push(stage)
      // Who waits for the socket may now go on into the new stage.
      onProgress()
      return stage.stop
    },
    stop: () => {
      for (const stage of stages) void stage.stop()
    },
  }
}
