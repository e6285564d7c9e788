import type { Arrival, Chunk, ToxicFlow } from './toxics/shape.ts'

/** How a direction ends: `half` closes it alone, `whole` closes the connection. */
type Ending = 'half' | 'whole'

/** Where bytes go next: a toxic, or at last the socket. */
export interface Receiver {
  push(bytes: Uint8Array): void
  hasRoom(): boolean
  end(ending: Ending): void
}

/** What a stage needs of the flow in which it stands. */
export interface Surroundings {
  /** Asked anew each time, since toxics come and go. */
  readonly next: () => Receiver
  /** Resolves when room may have appeared anywhere ahead. */
  readonly progress: () => Promise<void>
  /** Called when this stage has room again, or will not wait for room any more. */
  readonly onProgress: () => void
  /** Called when the toxic has returned and its rest was handed on: leave the stage out from now. */
  readonly onDone: () => void
  readonly bite: () => void
  readonly random: () => number
  readonly cut: () => void
  readonly reset: () => void
}

/** One toxic at work in one direction of one connection. */
export interface Stage extends Receiver {
  /** Takes the toxic away. Resolves when all that it held was handed on. */
  readonly stop: () => Promise<void>
}

/** Many tiny chunks must not outgrow the bound on bytes by their overhead. */
const chunksMax = 1024
const waitingBytesMaxDefault = 64 * 1024

/**
 * Starts a toxic. `run` gets a flow; once it returns, the stage hands on the rest and is done.
 *
 * @example
 * const stage = startStage((flow) => latency.run(flow, { latency: 10, jitter: 0 }), surroundings)
 */
export const startStage = (
  run: (flow: ToxicFlow) => Promise<void>,
  surroundings: Surroundings,
  waitingBytesMax = waitingBytesMaxDefault,
): Stage => {
  const { next, progress, onProgress, onDone, bite, random, cut, reset } = surroundings
  const queue: Chunk[] = []
  let waitingBytes = 0
  let ending: Ending | undefined
  let stopped = false
  let closing = false
  let done = false
  let wake: (() => void) | undefined

  /** Until something arrives, the stage is stopped, or the time is over. */
  const sleep = (milliseconds?: number): Promise<void> =>
    new Promise((resolve) => {
      const timer =
        milliseconds === undefined ? undefined : setTimeout(() => wake?.(), milliseconds)
      wake = () => {
        clearTimeout(timer)
        wake = undefined
        resolve()
      }
    })

  const read = async (withinMilliseconds?: number): Promise<Arrival> => {
    if (!stopped && queue.length === 0 && ending === undefined) await sleep(withinMilliseconds)
    if (stopped) return 'stopped'
    const chunk = queue.shift()
    if (chunk === undefined) return ending === undefined ? 'late' : 'end'
    waitingBytes -= chunk.bytes.length
    onProgress()
    return chunk
  }

  const wait = async (milliseconds: number): Promise<void> => {
    const until = performance.now() + milliseconds
    // An arrival wakes as well: then sleep the rest. A timer may fire a fraction early.
    for (let left = milliseconds; left > 0 && !flow.stopped; left = until - performance.now()) {
      await sleep(Math.ceil(left))
    }
  }

  const flow: ToxicFlow = {
    read,
    wait,
    write: async (bytes) => {
      next().push(bytes)
      while (!flow.stopped && !next().hasRoom()) await progress()
    },
    async *[Symbol.asyncIterator]() {
      for (let arrival = await read(); typeof arrival === 'object'; arrival = await read()) {
        yield arrival
      }
    },
    get ended() {
      return ending !== undefined && queue.length === 0
    },
    get stopped() {
      return stopped
    },
    bite,
    random,
    close: () => {
      closing = true
    },
    cut,
    reset,
  }

  const finish = (): void => {
    done = true
    const after = next()
    if (!closing) for (const { bytes } of queue) after.push(bytes)
    queue.length = 0
    waitingBytes = 0
    if (closing) after.end('whole')
    else if (ending !== undefined) after.end(ending)
    // A stage that closes stays where it is: what still comes is to be lost, not handed on.
    if (!closing) onDone()
    onProgress()
  }

  // A toxic that throws has a fault of its own; the connection must not live on half-changed.
  const finished = Promise.resolve(flow).then(run).catch(reset).then(finish)

  return {
    push: (bytes) => {
      if (done) return
      queue.push({ bytes, at: performance.now() })
      waitingBytes += bytes.length
      wake?.()
    },
    hasRoom: () => done || (waitingBytes < waitingBytesMax && queue.length < chunksMax),
    end: (how) => {
      ending ??= how
      if (!done) wake?.()
    },
    stop: () => {
      stopped = true
      wake?.()
      onProgress()
      return finished
    },
  }
}
