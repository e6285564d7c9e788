import type { Exchange, HttpRequest } from '../model/http.ts'
import type { Place } from '../model/place.ts'

/** Why code of the user's, or an endpoint of the provider, did not do what it was asked for. */
export interface Failure {
  readonly message: string
  /** The line of the user's own code that threw, where the stack tells. */
  readonly place?: Place
}

/** One time that a provider state was set up or torn down. */
export interface StateRun {
  readonly state: string
  readonly action: 'setup' | 'teardown'
  readonly failure?: Failure
}

/** One time that a message was asked for. */
export interface MessageRun {
  readonly failure?: Failure
}

/** What came of a verification by Pact: its JSON untouched, or why there is none. */
export type Verification = { readonly json: string } | { readonly failure: string }

/** All that was seen while one interaction was replayed. */
export interface InteractionSeen {
  readonly verification: Verification
  readonly states: readonly StateRun[]
  /** What went over the wire to the provider; absent where nothing could listen there. */
  readonly exchanges?: readonly Exchange[]
  /** Of messages alone: each time that Pact asked for one. */
  readonly messages?: readonly MessageRun[]
  /**
   * The request, from the wire or else made from the contract; its URL is the provider's own. Absent
   * where a module produced a message: then there is none.
   */
  readonly request?: HttpRequest
  /** What the provider printed between the end of the set-up and the end of the replay; of a failure alone. */
  readonly log?: readonly string[]
  /** How long the provider was given to answer. */
  readonly timeoutMilliseconds: number
  /** Whether that time was over before its answer was whole. */
  readonly isLate?: boolean
}
