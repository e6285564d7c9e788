import type { HttpRequest } from '../../model/http.ts'

/** What came of one request, as far as whoever watches the environment asks. */
export interface Told {
  /** Absent: no answer. */
  readonly status?: number
  readonly failure?: string
  /** Where it is safe (RFC 9110, 9.2.1) and was meant to be taken: it can be asked again as a probe. */
  readonly probe?: HttpRequest
  /** The address, where it was taken away. */
  readonly gone?: string
}

/** Something that a request made in a system that is not ours. */
export interface Made {
  readonly caseId: string
  /** `POST /orders` */
  readonly by: string
  /** Where it is, as far as that is known. */
  readonly address: string
  /** Takes it away. */
  readonly undo?: HttpRequest
  /** Why nothing can, where nothing can. */
  readonly doubt?: string
}

/**
 * The way to a provider that is not ours, one for all workers of a run: everything that is sent there
 * passes here.
 */
export interface Visit {
  /** Waits until one more request may be sent. Throws `EnvironmentGone` where the visit is over. */
  turn(): Promise<void>
  /** Tells what came. Throws `EnvironmentGone` where that turns out to be an outage. */
  told(told: Told): Promise<void>
  made(made: Made): Promise<void>
  /** Takes away what a case has made, the last first. What cannot be is kept in the books. */
  cleanUp(caseId: string): Promise<void>
  /** Waits until a probe is answered as it should. Throws `EnvironmentGone` where none is. */
  steady(): Promise<void>
}

/** How a visit is asked for by workers. */
export interface VisitAddress {
  readonly socket: string
  readonly token: string
}
