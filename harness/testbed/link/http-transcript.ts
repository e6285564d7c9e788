import { headerOf, type Exchange, type HttpAnswer, type HttpRequest } from '../../model/http.ts'
import { messageAt, type BodyRule, type HttpMessage } from './http-message.ts'
import { timeAt } from './recording.ts'
import type { RecordedConnection } from './tap.ts'

const requestLine = /^([!#$%&'*+.^_`|~\w-]+) (\S+) HTTP\/1\.[01]$/
const statusLine = /^HTTP\/1\.[01] ([1-9]\d\d)(?: .*)?$/

interface Asked {
  readonly request: HttpRequest
  readonly message: HttpMessage
}

const urlOf = (target: string, baseUrl: string): string =>
  /^[a-z][a-z\d+.-]*:\/\//i.test(target) ? target : baseUrl.replace(/\/+$/, '') + target

const requestsOf = ({ sent }: RecordedConnection, baseUrl: string): readonly Asked[] => {
  const requests: Asked[] = []
  for (let at = 0; at < sent.length;) {
    const message = messageAt(sent, at, () => 'if announced')
    const [, method, target] = requestLine.exec(message?.startLine ?? '') ?? []
    if (message === undefined || method === undefined || target === undefined) break
    const { headers, body } = message
    const request = { method, url: urlOf(target, baseUrl), headers }
    requests.push({ request: body === undefined ? request : { ...request, body }, message })
    at = message.end
  }
  return requests
}

const statusOf = (startLine: string): number => Number(statusLine.exec(startLine)?.[1] ?? 0)

/** Which answers have a body depends on the request as well (RFC 9112, 6.3). */
const ruleFor =
  (method: string) =>
  (startLine: string): BodyRule => {
    const status = statusOf(startLine)
    const never = status < 200 || status === 204 || status === 304
    const tunnel = method === 'CONNECT' && status < 300
    return method === 'HEAD' || never || tunnel ? 'none' : 'until close'
  }

/** The final answer at an offset; interim ones (100, 103) come before it and are left out. */
const answerAt = (bytes: Uint8Array, from: number, method: string): HttpMessage | undefined => {
  for (let at = from; ;) {
    const message = messageAt(bytes, at, ruleFor(method))
    const status = statusOf(message?.startLine ?? '')
    if (message === undefined || status === 0) return undefined
    if (status >= 200 || status === 101) return message
    at = message.end
  }
}

const failureOf = ({ endedAt, truncated }: RecordedConnection): string => {
  if (truncated) return 'the answer is beyond what was recorded'
  return endedAt === undefined ? 'no answer yet' : 'the connection was closed without an answer'
}

/** Without an announced length an answer lasts until the connection ends: it may still be going on. */
const isOpenEnded = ({ headers }: HttpMessage): boolean =>
  headerOf(headers, 'content-length') === undefined &&
  headerOf(headers, 'transfer-encoding') === undefined

const answerOf = (connection: RecordedConnection, asked: HttpMessage, message: HttpMessage) => {
  const { receivedMarks, sentMarks, startedAt } = connection
  const first = timeAt(sentMarks, asked.start) ?? startedAt
  const last = timeAt(receivedMarks, message.end - 1) ?? first
  const goesOn =
    message.body !== undefined &&
    isOpenEnded(message) &&
    (connection.truncated || connection.endedAt === undefined)
  const answer: HttpAnswer = {
    status: statusOf(message.startLine),
    headers: message.headers,
    body: message.body ?? new Uint8Array(),
    milliseconds: Math.max(0, last - first),
  }
  return message.truncated || goesOn ? { ...answer, truncated: true } : answer
}

/**
 * The HTTP/1.x exchanges of a recorded connection, in order. What was cut off is given as far as it
 * goes; reading stops where the bytes are no HTTP any more (also after an upgrade). Never throws.
 *
 * `baseUrl` is the provider's own: request targets are made absolute with it, whatever the `Host`
 * field says, which names the tap.
 *
 * @example
 * const exchanges = tap.take().flatMap((connection) => readTranscript(connection, 'http://127.0.0.1:4000'))
 */
export const readTranscript = (
  connection: RecordedConnection,
  baseUrl: string,
): readonly Exchange[] => {
  const exchanges: Exchange[] = []
  let at = 0
  let upgraded = false
  for (const { request, message } of requestsOf(connection, baseUrl)) {
    if (upgraded) break
    const answer = answerAt(connection.received, at, request.method)
    if (answer === undefined) {
      exchanges.push({ request, failure: failureOf(connection) })
      at = connection.received.length
      continue
    }
    exchanges.push({ request, answer: answerOf(connection, message, answer) })
    at = answer.end
    upgraded = statusOf(answer.startLine) === 101
  }
  return exchanges
}
