/** One setting of a toxic: a whole number from `min` to `max`. Without a default it must be given. */
export interface Attribute {
  readonly unit: 'ms' | 'µs' | 'kB/s' | 'bytes'
  readonly min: number
  readonly max: number
  readonly default?: number
}

/** Bytes as they came off a socket, and when, in milliseconds of `performance.now()`. */
export interface Chunk {
  readonly bytes: Uint8Array
  readonly at: number
}

/**
 * What a toxic sees next: a chunk; the sender's `end`; `stopped`, when the toxic is taken away or
 * the connection is gone; `late`, when nothing came in the time given.
 */
export type Arrival = Chunk | 'end' | 'stopped' | 'late'

/**
 * One direction of one connection, as a toxic sees it. Iterating gives chunks until the sender ends
 * or the toxic is stopped.
 *
 * When a toxic's `run` returns, whatever it did not read goes on untouched, and so does the
 * sender's end: a toxic that is taken away loses no byte, as long as it wrote what it had read.
 */
export interface ToxicFlow extends AsyncIterable<Chunk> {
  read(withinMilliseconds?: number): Promise<Arrival>
  /** Hands bytes on. Resolves when the way ahead has room again: that is the back-pressure. */
  write(bytes: Uint8Array): Promise<void>
  /** Waits; returns at once when the time is not above zero, and early when stopped. */
  wait(milliseconds: number): Promise<void>
  /** Whether the sender has ended and everything before that was read. */
  readonly ended: boolean
  /** Whether the toxic was taken away or the connection is gone. */
  readonly stopped: boolean
  /** Says that from now on the toxic really changes something. */
  bite(): void
  /** A number from 0 to below 1. */
  random(): number
  /** Closes the connection both ways when all that was written before is out. */
  close(): void
  /** Closes the connection both ways at once. What is still on its way is lost. */
  cut(): void
  /** Resets both sides (TCP RST) at once. */
  reset(): void
}

/**
 * A kind of fault on a link, in Toxiproxy's vocabulary. One per file, listed in `index.ts`.
 *
 * @example
 * const mute: Toxic<never> = {
 *   type: 'mute', attributes: {},
 *   run: async (flow) => { for await (const _ of flow) flow.bite() },
 * }
 */
export interface Toxic<Name extends string = string> {
  readonly type: string
  readonly attributes: Readonly<Record<Name, Attribute>>
  /** What is wrong with attributes that are each in range: a rule between two of them. */
  problem?(attributes: Readonly<Record<Name, number>>): string | undefined
  /** How many bytes may wait for this toxic before the sender is slowed down. Default 64 KiB. */
  readonly waitingBytesMax?: number
  /** Concerns the whole link: while it is in force, new connections are refused. */
  readonly refuses?: boolean
  /** Runs once for each connection that the toxic is put on. */
  run(flow: ToxicFlow, attributes: Readonly<Record<Name, number>>): Promise<void>
}

/** The longest time that a toxic can be told: a day. */
export const millisecondsMax = 86_400_000
