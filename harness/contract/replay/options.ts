import type { Verification } from '../seen.ts'
import type { MessageProducers } from '../messages.ts'
import type { StateHandlers } from '../states.ts'
import type { OpenRecorder } from './recorder.ts'
import type { Verifier } from './verifier.ts'

/** How an interaction is replayed. */
export interface ReplayOptions {
  readonly handlers?: StateHandlers | undefined
  /** A path on the provider, or a URL, that sets up states in Pact's own protocol. */
  readonly statesPath?: string | undefined
  readonly producers?: MessageProducers | undefined
  /** A path on the provider that produces messages in Pact's own protocol. */
  readonly messagesPath?: string | undefined
  /** How long the provider may take for one answer or message; default 10 s. */
  readonly timeoutMilliseconds?: number | undefined
  /** How long the handler of a provider state may take; default 30 s. */
  readonly stateTimeoutMilliseconds?: number | undefined
  readonly openRecorder?: OpenRecorder | undefined
  readonly verifier?: Verifier | undefined
}

/** Default of {@link ReplayOptions.timeoutMilliseconds}. */
export const timeoutDefaultMilliseconds = 10_000

/** Default of {@link ReplayOptions.stateTimeoutMilliseconds}. */
export const stateTimeoutDefaultMilliseconds = 30_000

/** Pact waits longer than we do, so that it is we who say for what it was waited in vain. */
const patienceMilliseconds = 5000

/** How long Pact waits for anything: the longest of the times, and patience. */
export const pactTimeoutOf = (...milliseconds: readonly number[]): number =>
  Math.max(...milliseconds) + patienceMilliseconds

/** Whether a verification is not plainly a success: then the testbed is not used again. */
export const isFailed = (verification: Verification): boolean =>
  'failure' in verification || !verification.json.includes('"result":true')
