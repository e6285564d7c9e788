import type { Verification } from '../seen.ts'

/** One verification, as the verifier's process is asked for it. */
export interface VerifierJob {
  readonly provider: string
  readonly providerUrl: string
  readonly contractUrl: string
  readonly statesUrl: string
  /** Of messages alone: the endpoint that produces them, and how the contract says they travel. */
  readonly messages?: { readonly url: string; readonly protocol: string }
  /** How long one request may take. */
  readonly timeoutMilliseconds: number
}

/** What the process answers to a job; there is one job at a time. */
export type VerifierAnswer = Verification
