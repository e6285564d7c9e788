/** Header fields as they stood on the wire: in order, with repeats, names in their own case. */
export type HeaderFields = readonly (readonly [name: string, value: string])[]

/**
 * One HTTP request, complete enough to be sent again.
 *
 * `url` is absolute. `body` holds the bytes as sent; absent means that there was no body at all.
 *
 * @example
 * const request: HttpRequest = { method: 'GET', url: 'http://127.0.0.1:4000/orders', headers: [['Accept', 'application/json']] }
 */
export interface HttpRequest {
  readonly method: string
  readonly url: string
  readonly headers: HeaderFields
  readonly body?: Uint8Array
}

/**
 * One HTTP answer as it came off the wire, with its time in milliseconds.
 *
 * `truncated` says that more came than the bound on bodies allows us to keep; `streamed` that it was a
 * stream of events which went on when we left it.
 *
 * @example
 * const answer: HttpAnswer = { status: 204, headers: [], body: new Uint8Array(), milliseconds: 3 }
 */
export interface HttpAnswer {
  readonly status: number
  readonly headers: HeaderFields
  readonly body: Uint8Array
  readonly milliseconds: number
  readonly truncated?: boolean
  readonly streamed?: boolean
}

/** A request and what came of it: an answer, or the reason why none came. */
export interface Exchange {
  readonly request: HttpRequest
  readonly answer?: HttpAnswer
  /** Why no answer came, in words: `connection refused`, `no answer within 10 s`. */
  readonly failure?: string
}

/**
 * The value of a header field, looked up without regard to case; repeats are joined as RFC 9110
 * section 5.3 allows.
 *
 * @example
 * headerOf([['Content-Type', 'text/plain']], 'content-type') // 'text/plain'
 */
export const headerOf = (headers: HeaderFields, name: string): string | undefined => {
  const wanted = name.toLowerCase()
  const values = headers.filter(([key]) => key.toLowerCase() === wanted).map(([, value]) => value)
  return values.length === 0 ? undefined : values.join(', ')
}

const safe: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'QUERY'])

/**
 * Whether a method, in upper case, promises to change nothing (RFC 9110, 9.2.1; QUERY by its draft).
 *
 * @example
 * isSafeMethod('HEAD') // true
 */
export const isSafeMethod = (method: string): boolean => safe.has(method)
