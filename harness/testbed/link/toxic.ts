/** The direction in which bytes flow, in Toxiproxy's words: `upstream` is from client to server. */
export type Stream = 'upstream' | 'downstream'

/**
 * One toxic to put on a link. Names and attributes are Toxiproxy's.
 *
 * `toxicity` is the share of connections (0 to 1, default 1) that it is put on.
 *
 * @example
 * const slow: ToxicSpecification = { type: 'latency', stream: 'downstream', attributes: { latency: 200, jitter: 50 } }
 */
export interface ToxicSpecification {
  readonly type: string
  readonly stream?: Stream
  readonly toxicity?: number
  readonly attributes?: Readonly<Record<string, number>>
}

/** A toxic that is in force. */
export interface AppliedToxic {
  readonly specification: ToxicSpecification
  /** When it first changed what went over the link, in milliseconds since 1970; absent: not yet. */
  firstBite(): Promise<number | undefined>
  remove(): Promise<void>
}
