import type { EvidenceEvent } from './evidence.ts'
import type { Judgement } from './finding.ts'
import type { Exchange } from './http.ts'
import type { TestCase } from './test-case.ts'

/** Takes down what happens in one run of one case. */
export interface Journal {
  note(what: string, exchange?: Exchange): void
  readonly events: readonly EvidenceEvent[]
}

/**
 * A value that Proofbook was given by name and must never print: a credential.
 *
 * `fields` are what a request gets: a header, a query parameter or a cookie.
 */
export interface Credential {
  readonly name: string
  readonly fields: readonly {
    readonly in: 'header' | 'query' | 'cookie'
    readonly name: string
    readonly value: string
  }[]
  readonly scopes?: readonly string[]
  /** The status with which a credential that must not work is refused. */
  readonly rejected?: number
}

/** The three stages between reading and recording, for one kind of file. `Seen` is what replay hands to judge. */
export interface Stages<Document, Context, Detail, Seen, Bed> {
  /** Pure and deterministic. */
  readonly plan: (document: Document, context: Context) => readonly TestCase<Detail>[]
  /** The only stage that talks to a provider. */
  readonly replay: (testCase: TestCase<Detail>, testbed: Bed, journal: Journal) => Promise<Seen>
  /** Pure. */
  readonly judge: (testCase: TestCase<Detail>, seen: Seen) => Judgement
}
