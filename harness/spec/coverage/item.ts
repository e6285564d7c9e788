/** Kinds of things that a document promises and a run can reach, in the order of reports. */
export const coverageKinds = [
  'operation',
  'status',
  'parameter',
  'requestMediaType',
  'responseMediaType',
  'keyword',
  'enumMember',
] as const

/** One of {@link coverageKinds}. */
export type CoverageKind = (typeof coverageKinds)[number]

/** One thing that a document promises. */
export interface CoverageItem {
  readonly kind: CoverageKind
  /** As a person says it: `503 of POST /orders`; of rules, what the pointer does not say. */
  readonly name: string
  readonly pointer: string
  readonly line: number
  readonly file: string
  /** Index of the operation that it belongs to; of a schema that several use, of the first. */
  readonly operation: number
  /** Of a media type of answers: the item of the status that it comes with. */
  readonly with?: number
  /** Of a keyword or enum member: in what the schema was found first. */
  readonly side?: 'request' | 'response'
}

/** All that a document promises, in a stable order: what was reached is said by index. */
export interface Catalogue {
  /** The document's file, relative to the root. */
  readonly spec: string
  readonly items: readonly CoverageItem[]
  /** `GET /orders`, by index. */
  readonly operations: readonly string[]
}

/** What one case reached: small, so that it can travel with the case's result. */
export interface CaseCoverage {
  readonly spec: string
  /** Of the catalogue that the indexes mean. */
  readonly digest: string
  /** Index of the operation that the case is about. */
  readonly operation: number
  /** Indexes of items, as `marks.ts` writes them. */
  readonly reached: string
  /** Whether the budget of the run ended it. */
  readonly cut?: true
}
