import type { FindingClass } from '../../model/finding.ts'
import type { Exchange, HttpAnswer } from '../../model/http.ts'
import type { SpecCode } from '../codes.ts'
import type { JsonValue } from '../json.ts'
import type { SchemaVerdict } from '../schema/schemas.ts'
import type {
  DocumentedResponse,
  MediaTypeContent,
  Observation,
  Operation,
  PlannedRequest,
  ResponseHeader,
  SecurityScheme,
} from '../types.ts'

/** A body, read as its media type says; `problem` where that is impossible. */
export type ParsedBody =
  | { readonly kind: 'value'; readonly value: JsonValue }
  | { readonly kind: 'problem'; readonly problem: string }
  /** Of a media type that is not looked into: an image, XML. */
  | { readonly kind: 'opaque' }

/** A documented header that came, with what the engines say of its value. */
export interface JudgedHeader {
  readonly header: ResponseHeader
  readonly text: string
  readonly verdict: SchemaVerdict
}

/** A promise that a request breaks, found in the bytes that were sent. */
export interface BrokenPromise {
  readonly expected: string
  /** What of the document says so. */
  readonly pointer: string
}

/** One answer beside what the document says of it: all that a check may look at. */
export interface JudgedAnswer {
  readonly operation: Operation
  readonly planned: PlannedRequest
  readonly exchange: Exchange
  readonly answer?: HttpAnswer
  /** What the document says of this status. */
  readonly response?: DocumentedResponse
  readonly contentType?: string
  /** What the document says of this media type. */
  readonly content?: MediaTypeContent
  /** Whether HTTP allows a body here at all. */
  readonly mayHaveBody: boolean
  readonly body: ParsedBody
  readonly bodyVerdict?: SchemaVerdict
  readonly headers: readonly JudgedHeader[]
  /** Schemes of the credentials that the operation asks for. */
  readonly schemes: readonly SecurityScheme[]
  /** What it breaks, where it was made to break something. */
  readonly breach?: BrokenPromise
}

/** What a check found: a finding without what all findings of a case share. */
export interface FindingParts {
  /** A sentence that the provider's author would accept. */
  readonly summary: string
  readonly expected: string
  readonly actual: string
  /** What of the document it contradicts. */
  readonly pointer: string
  /** Tells findings of one code at one pointer apart. */
  readonly aspect?: string
  /** Absent: it is the provider's. */
  readonly class?: FindingClass
}

/**
 * One rule that a provider's answer must keep.
 *
 * @example
 * export const noAnswer: Check = { code: 'no-answer', check: function* ({ exchange }) { ... } }
 */
export interface Check {
  readonly code: SpecCode
  /** Other codes that make this question moot: one cause, one finding. */
  readonly mootAfter: readonly SpecCode[]
  check(answer: JudgedAnswer): Iterable<FindingParts>
}

/** A rule about several exchanges together, which a script has put side by side. */
export interface ObservationCheck {
  readonly code: SpecCode
  /** `null` where the rule holds, or where the facts do not show that it does not. */
  check(observation: Observation): FindingParts | null
}

/** How an answer is named in a sentence: `GET /orders/{id} answered 200`. */
export const subjectOf = ({ method, path }: Operation): string => `${method} ${path}`
