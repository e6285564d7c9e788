import type { Finding, Times } from './finding.ts'
import type { Verdict } from './verdict.ts'

/**
 * What a case came to, for tests and reporters: the verdict, what was found, and where the evidence
 * is.
 *
 * @example
 * const outcome: Outcome = { verdict: 'verified', findings: [], requests: 1, madeOf: [], milliseconds: 210 }
 */
export interface Outcome {
  readonly verdict: Verdict
  readonly findings: readonly Finding[]
  /** A sentence for verdicts that have no finding. */
  readonly reason?: string
  readonly fix?: string
  /** What may lie behind it, one line each: `payments: 1 request matched no mapping: POST /charges`. */
  readonly hints?: readonly string[]
  /** What the provider printed while it was asked. */
  readonly log?: readonly string[]
  /** What the case's own code left open in the worker: `a server that listens on port 8080`. */
  readonly leftOpen?: readonly string[]
  /** Of a drill: what was measured in its first run. */
  readonly times?: Times
  /** Path of the evidence, relative to the root. */
  readonly evidence?: string
  /** Requests that were sent and recorded, over all attempts. */
  readonly requests: number
  /** What was real and what stood in, as its testbeds say: `PostgreSQL 17.10, a process`. */
  readonly madeOf: readonly string[]
  readonly milliseconds: number
}
