import type { Place } from '../../model/place.ts'
import { nearest } from '../../model/nearest.ts'
import { parseBody, type BodyTemplate } from './http-body.ts'
import { holesIn } from './hole.ts'
import { placeIn, type FenceProblem, type FenceText } from './line-text.ts'

/** A header field as a page writes it. */
export interface HeaderTemplate {
  readonly name: string
  readonly value: string
  readonly place: Place
}

/** One request of an `http` fence, and the answer that it must get. */
export interface ExchangeTemplate {
  readonly place: Place
  readonly method: string
  /** Path and query, with names to fill. */
  readonly target: string
  readonly headers: readonly HeaderTemplate[]
  readonly body?: BodyTemplate
  readonly expected?: {
    readonly place: Place
    readonly status: number
    readonly headers: readonly HeaderTemplate[]
    readonly body?: BodyTemplate
  }
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'QUERY']
const requestLine = /^(\S+)[ \t]+(\S.*?)(?:[ \t]+HTTP\/[\d.]+)?[ \t]*$/
const answerLine = /^HTTP(?:\/[\d.]+)?(?=\s|$)/
const answerStatus = /^HTTP(?:\/[\d.]+)?\s+([1-5]\d\d)(?:\s.*)?$/
const headerLine = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*$/
const isComment = (line: string): boolean => /^\s*(?:#|\/\/)/.test(line)
const isBlank = (line: string): boolean => line.trim() === ''

/** Lines of one part of an exchange, from `first` up to and without `end`; both count from 0. */
interface Span {
  readonly first: number
  readonly end: number
}

class Unreadable extends Error {
  readonly fault: FenceProblem

  constructor(fault: FenceProblem) {
    super(fault.problem)
    this.fault = fault
  }
}

const lineAt = (fence: FenceText, index: number): string => fence.lines[index] ?? ''

const targetOf = (fence: FenceText, index: number, typed: string): string => {
  const target = typed.replace(/^https?:\/\/[^/?#]+/i, '')
  if (target.startsWith('/')) return target
  throw new Unreadable({
    problem: `the request's path does not begin with a slash: ${typed}`,
    place: placeIn(fence, index, lineAt(fence, index).indexOf(typed)),
    expected: 'a path such as /orders/{{order}}; the host comes from the testbed',
    fix: `write /${typed}`,
  })
}

const methodOf = (fence: FenceText, index: number, typed: string): string => {
  if (methods.includes(typed)) return typed
  const meant = nearest(typed, methods)
  throw new Unreadable({
    problem: `"${typed}" is no HTTP method`,
    place: placeIn(fence, index),
    expected: `a request line such as "POST /orders"; methods are ${methods.join(', ')}`,
    ...(meant === undefined ? {} : { fix: `write ${meant}` }),
  })
}

/** Header lines up to a blank line or the first line that is none. */
const readHeaders = (
  fence: FenceText,
  span: Span,
): { readonly headers: readonly HeaderTemplate[]; readonly next: number } => {
  const headers: HeaderTemplate[] = []
  let index = span.first
  for (; index < span.end; index += 1) {
    const match = headerLine.exec(lineAt(fence, index))
    if (match === null) break
    headers.push({ name: match[1] ?? '', value: match[2] ?? '', place: placeIn(fence, index) })
  }
  return { headers, next: index }
}

const readBody = (
  fence: FenceText,
  span: Span,
  headers: readonly HeaderTemplate[],
): BodyTemplate | undefined => {
  const mediaType = headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value
  const body = parseBody(fence, span, mediaType)
  if (body === undefined || 'kind' in body) return body
  throw new Unreadable(body)
}

const refuseHoles = (fence: FenceText, span: Span): void => {
  for (let index = span.first; index < span.end; index += 1) {
    const wrong = holesIn(lineAt(fence, index)).find(({ hole }) => hole.kind !== 'use')
    if (wrong === undefined) continue
    throw new Unreadable({
      problem: 'a request can only send what is known',
      place: placeIn(fence, index, wrong.index),
      expected: '{{name}} with a name that an answer above has kept',
      fix: 'use {{any}} and {{new name}} below the line HTTP … only',
    })
  }
}

const readRequest = (fence: FenceText, span: Span): Omit<ExchangeTemplate, 'expected'> => {
  refuseHoles(fence, span)
  const match = requestLine.exec(lineAt(fence, span.first))
  if (match === null) {
    throw new Unreadable({
      problem: `this is no request line: ${lineAt(fence, span.first).trim()}`,
      place: placeIn(fence, span.first),
      expected: 'a method and a path, such as "POST /orders"',
    })
  }
  const method = methodOf(fence, span.first, match[1] ?? '')
  let target = targetOf(fence, span.first, match[2] ?? '')
  let index = span.first + 1
  for (; index < span.end && /^\s+[?&]/.test(lineAt(fence, index)); index += 1)
    target += lineAt(fence, index).trim()
  const { headers, next } = readHeaders(fence, { first: index, end: span.end })
  if (next < span.end && !isBlank(lineAt(fence, next))) {
    throw new Unreadable({
      problem: `this is neither a header nor a blank line: ${lineAt(fence, next).trim()}`,
      place: placeIn(fence, next),
      expected: 'headers such as "Accept: application/json", then a blank line, then the body',
      fix: 'put a blank line above the body',
    })
  }
  const body = readBody(fence, { first: next, end: span.end }, headers)
  return {
    place: placeIn(fence, span.first),
    method,
    target,
    headers,
    ...(body === undefined ? {} : { body }),
  }
}

const readExpected = (fence: FenceText, span: Span): NonNullable<ExchangeTemplate['expected']> => {
  const match = answerStatus.exec(lineAt(fence, span.first))
  if (match === null) {
    throw new Unreadable({
      problem: `"${lineAt(fence, span.first).trim()}" names no status`,
      place: placeIn(fence, span.first),
      expected: 'HTTP and three digits, such as "HTTP 201"',
    })
  }
  const { headers, next } = readHeaders(fence, { first: span.first + 1, end: span.end })
  const body = readBody(fence, { first: next, end: span.end }, headers)
  return {
    place: placeIn(fence, span.first),
    status: Number(match[1]),
    headers,
    ...(body === undefined ? {} : { body }),
  }
}

const readExchange = (fence: FenceText, span: Span): ExchangeTemplate => {
  const answers: number[] = []
  for (let index = span.first; index < span.end; index += 1)
    if (answerLine.test(lineAt(fence, index))) answers.push(index)
  const [answer, second] = answers
  if (second !== undefined) {
    throw new Unreadable({
      problem: 'one request has two answers',
      place: placeIn(fence, second),
      expected: 'one line HTTP … for each request',
      fix: 'put a line ### between two exchanges',
    })
  }
  if (answer === span.first) {
    throw new Unreadable({
      problem: 'an answer stands here without a request above it',
      place: placeIn(fence, answer),
      expected: 'a request line such as "GET /orders", and then HTTP and its status',
    })
  }
  const request = readRequest(fence, { first: span.first, end: answer ?? span.end })
  return answer === undefined
    ? request
    : { ...request, expected: readExpected(fence, { first: answer, end: span.end }) }
}

const spansOf = (fence: FenceText): readonly Span[] => {
  const cuts = fence.lines.flatMap((line, index) => (line.startsWith('###') ? [index] : []))
  return [-1, ...cuts].flatMap((cut, position) => {
    const end = cuts[position] ?? fence.lines.length
    let first = cut + 1
    while (first < end && (isBlank(lineAt(fence, first)) || isComment(lineAt(fence, first))))
      first += 1
    return first < end ? [{ first, end }] : []
  })
}

/**
 * Reads an `http` fence: requests as in `.http` files, each followed by `HTTP` and the status, the
 * headers and the body that its answer must hold. Exchanges are parted by lines that begin with
 * `###`.
 *
 * @example
 * parseHttp({ file: 'guides/orders.md', line: 12, column: 1, lines: ['GET /orders', '', 'HTTP 200'] })
 */
export const parseHttp = (
  fence: FenceText,
): { readonly exchanges: readonly ExchangeTemplate[] } | { readonly problem: FenceProblem } => {
  try {
    const exchanges = spansOf(fence).map((span) => readExchange(fence, span))
    if (exchanges.length > 0) return { exchanges }
    return {
      problem: {
        problem: 'this http fence is empty',
        place: placeIn(fence, 0),
        expected: 'a request line such as "GET /orders"',
      },
    }
  } catch (error) {
    if (error instanceof Unreadable) return { problem: error.fault }
    throw error
  }
}
