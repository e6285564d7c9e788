import { headerOf, type HeaderFields } from '../../model/http.ts'

/** One HTTP/1.1 message as it was found in a stream of bytes. */
export interface HttpMessage {
  readonly startLine: string
  readonly headers: HeaderFields
  /** Absent where the message has none. */
  readonly body?: Uint8Array
  /** Where it begins and where the next one would. */
  readonly start: number
  readonly end: number
  /** Whether the stream stops before the message does. */
  readonly truncated: boolean
}

/** What the message alone does not tell about its body (RFC 9112, 6.3). */
export type BodyRule = 'none' | 'if announced' | 'until close'

interface Body {
  readonly body?: Uint8Array
  readonly end: number
  readonly truncated: boolean
}

const lineFeed = 0x0a
/** A size in hexadecimal that a double can hold exactly. */
const chunkSize = /^\s*([\da-f]{1,12})\s*(?:;.*)?$/i
const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

/** A line, and where the next one begins; a bare line feed ends one as well (RFC 9112, 2.2). */
const lineAt = (bytes: Uint8Array, at: number): { text: string; next: number } | undefined => {
  const end = bytes.indexOf(lineFeed, at)
  return end === -1
    ? undefined
    : { text: latin1(bytes.subarray(at, end)).replace(/\r$/, ''), next: end + 1 }
}

/** Reads chunks until the last, or as far as they make sense; trailers are skipped. */
const chunkedAt = (bytes: Uint8Array, from: number): Body => {
  const parts: Uint8Array[] = []
  const got = (end: number, truncated: boolean): Body => ({
    body: new Uint8Array(Buffer.concat(parts)),
    end,
    truncated,
  })
  let at = from
  for (;;) {
    const line = lineAt(bytes, at)
    const size = chunkSize.exec(line?.text ?? '')?.[1]
    if (line === undefined || size === undefined) return got(bytes.length, true)
    const length = Number.parseInt(size, 16)
    if (length === 0) {
      let trailer = lineAt(bytes, line.next)
      while (trailer !== undefined && trailer.text !== '') trailer = lineAt(bytes, trailer.next)
      return got(trailer?.next ?? bytes.length, trailer === undefined)
    }
    parts.push(bytes.subarray(line.next, line.next + length))
    const ending = lineAt(bytes, line.next + length)
    if (ending === undefined || ending.text !== '') return got(bytes.length, true)
    at = ending.next
  }
}

const bodyAt = (bytes: Uint8Array, from: number, headers: HeaderFields, rule: BodyRule): Body => {
  if (rule === 'none') return { end: from, truncated: false }
  const coding = headerOf(headers, 'transfer-encoding')
  if (coding !== undefined && /(?:^|,)\s*chunked\s*$/i.test(coding)) return chunkedAt(bytes, from)
  const announced = headerOf(headers, 'content-length')
  // Repeats of one value count as one (RFC 9112, 6.3).
  const length = /^(\d{1,15})(?:\s*,\s*\1)*$/.exec(announced ?? '')?.[1]
  if (length !== undefined) {
    const end = from + Number(length)
    const body = bytes.slice(from, end)
    return { body, end: Math.min(end, bytes.length), truncated: end > bytes.length }
  }
  if (announced === undefined && coding === undefined && rule === 'if announced') {
    return { end: from, truncated: false }
  }
  return { body: bytes.slice(from), end: bytes.length, truncated: announced !== undefined }
}

/** Header lines up to the empty one; what is no field is left out, a folded line is joined. */
const headersAt = (bytes: Uint8Array, from: number) => {
  const headers: [string, string][] = []
  let at = from
  for (let line = lineAt(bytes, at); line !== undefined; line = lineAt(bytes, at)) {
    at = line.next
    if (line.text === '') return { headers, next: at, truncated: false }
    const last = headers.at(-1)
    const colon = line.text.indexOf(':')
    if (/^[ \t]/.test(line.text)) {
      if (last !== undefined) last[1] += ` ${line.text.trim()}`
    } else if (colon > 0) {
      headers.push([line.text.slice(0, colon).trimEnd(), line.text.slice(colon + 1).trim()])
    }
  }
  return { headers, next: bytes.length, truncated: true }
}

/**
 * Reads the message that begins at an offset; `undefined` where not even a start line stands there.
 * `ruleOf` is asked for the body's rule once the start line is known.
 *
 * @example
 * messageAt(Buffer.from('GET / HTTP/1.1\r\n\r\n'), 0, () => 'if announced')?.startLine // 'GET / HTTP/1.1'
 */
export const messageAt = (
  bytes: Uint8Array,
  start: number,
  ruleOf: (startLine: string) => BodyRule,
): HttpMessage | undefined => {
  let line = lineAt(bytes, start)
  // Empty lines before a start line are to be ignored (RFC 9112, 2.2).
  while (line?.text === '') line = lineAt(bytes, line.next)
  if (line === undefined) return undefined
  const { headers, next, truncated } = headersAt(bytes, line.next)
  const { body, ...rest } = truncated
    ? { body: undefined, end: next, truncated }
    : bodyAt(bytes, next, headers, ruleOf(line.text))
  return { startLine: line.text, headers, start, ...(body === undefined ? {} : { body }), ...rest }
}
