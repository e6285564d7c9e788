import type { Exchange, HttpAnswer } from '../../model/http.ts'
import type { SpecCode } from '../codes.ts'
import type { JsonValue } from '../json.ts'
import type { SchemaVerdict } from '../schema/schemas.ts'
import type {
  DocumentedResponse,
  MediaTypeContent,
  Operation,
  PlannedRequest,
  ResponseHeader,
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
}

/** What a check found: a finding without what all findings of a case share. */
export interface FindingParts {
  /** A sentence that the provider's author would accept. */
  readonly summary: string
  readonly expected: string
  readonly actual: string
  /** What of the document it contradicts. */
  readonly pointer: string
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

/** How an answer is named in a sentence: `GET /orders/{id} answered 200`. */
export const subjectOf = ({ method, path }: Operation): string => `${method} ${path}`
