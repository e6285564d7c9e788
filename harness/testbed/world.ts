import type { Credential } from '../model/credential.ts'
import type { Journal } from '../model/journal.ts'
import type { Signer } from './before-request.ts'
import type { Testbed } from './testbed.ts'

/** What may differ in one testbed from what the config says. */
export interface LeaseOptions {
  /** Settings of the provider, on top of the config's `environment`. */
  readonly environment?: Readonly<Record<string, string>>
  /** Its provider must have served no case before, whatever `reset` says. */
  readonly untouched?: boolean
}

/**
 * What the stage `replay` of one case may touch, and nothing else: testbeds, the integration's
 * credentials, and a journal.
 *
 * @example
 * await using testbed = await world.lease()
 * world.journal.note('testbed ready')
 */
export interface World {
  /** A fresh testbed for this case. Throws `Blocked` where one cannot be made. */
  lease(options?: LeaseOptions): Promise<Testbed>
  readonly journal: Journal
  /** In the order of the config: the first is used where any will do. */
  readonly credentials: readonly Credential[]
  /** Signs what is sent; absent where the config names nobody. */
  readonly signer?: Signer
  readonly seed: number
  /** Aborted when the case's own bound is over or the run ends. */
  readonly signal: AbortSignal
}
