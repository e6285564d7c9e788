import type { Exchange } from './http.ts'
import type { Finding, Times } from './finding.ts'
import type { TestCase } from './test-case.ts'
import type { Verdict } from './verdict.ts'

/** One timed thing that happened during a case: a phase of a drill, a provider state, a request. */
export interface EvidenceEvent {
  /** Milliseconds since the case's testbed was leased. */
  readonly at: number
  readonly what: string
  readonly exchange?: Exchange
}

/** What a stub saw that nobody planned: plain sentences' worth, not exchanges. */
export interface StubReport {
  /** As the config names the dependency. */
  readonly name: string
  /** Requests that no mapping answers: `POST /charges`. */
  readonly unmatched: readonly string[]
  /** Mappings that the case itself put and no request used: `GET /rates`. */
  readonly unused: readonly string[]
}

/** One run of a case on one testbed. */
export interface Attempt {
  readonly testbed: string
  readonly madeOf: readonly string[]
  readonly verdict: Verdict
  readonly events: readonly EvidenceEvent[]
  readonly log: readonly string[]
  /** The stubs that saw something nobody planned; absent where none did. */
  readonly stubs?: readonly StubReport[]
  readonly milliseconds: number
  /** Of a drill: how long it took to break and to hold again. */
  readonly times?: Times
}

/**
 * All that was seen of one case, as it is kept under `.proofbook/evidence/`, with secrets masked.
 *
 * @example
 * const path = await writeEvidence(store, evidence)
 */
export interface Evidence {
  readonly testCase: Pick<
    TestCase,
    'id' | 'kind' | 'integration' | 'group' | 'name' | 'place' | 'fingerprint'
  >
  readonly verdict: Verdict
  readonly reason?: string
  readonly findings: readonly Finding[]
  readonly attempts: readonly Attempt[]
  readonly seed: number
}
