import type { CaseKind } from '../model/test-case.ts'
import type { CaseCoverage } from '../spec/coverage/item.ts'
import type { Finding, Times } from '../model/finding.ts'
import type { Verdict } from '../model/verdict.ts'

/** What a test tells the reporters: it survives workers, shards and the merge of blobs. */
export interface CaseMeta {
  readonly id: string
  readonly name: string
  readonly kind: CaseKind
  readonly integration: string
  readonly verdict: Verdict
  readonly findings: readonly Omit<Finding, 'request' | 'shown'>[]
  /** Lines for a shell for each finding, in the order of the findings: what comes before, then the request. */
  readonly curls: readonly (readonly string[])[]
  /** Requests that were sent and recorded. */
  readonly requests: number
  /** What its testbeds were made of. */
  readonly madeOf: readonly string[]
  /** Of a drill: how long it took to break and to hold again. */
  readonly times?: Times
  readonly reason?: string
  readonly fix?: string
  /** Relative to the root. */
  readonly evidence?: string
  /** Of an interaction: the file that it stands in, and the SHA-256 of what was in there. */
  readonly contract?: { readonly file: string; readonly digest: string }
  /** What the broker calls pending: its failure is said, and makes nothing red. */
  readonly pending?: true
  /** Of a case that looks for a known finding: which that is. */
  readonly accepted?: Pick<Finding, 'code' | 'subject' | 'aspect'> & {
    readonly integration: string
    readonly file: string
    readonly pointer: string
  }
  /** A sentence for the person, where the case's own code left something open in its worker. */
  readonly leftOpen?: string
  /** Of an operation: what of its spec the case reached. */
  readonly coverage?: CaseCoverage
  /** `3/4`, where the run was one of several shards. */
  readonly shard?: string
}

declare module 'vitest' {
  interface TaskMeta {
    proofbook?: CaseMeta
  }
}
