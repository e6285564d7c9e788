import * as http from 'node:http'
import * as https from 'node:https'
import { headerOf, type Exchange, type HeaderFields, type HttpRequest } from '../../model/http.ts'
import { Blocked } from '../../model/user-error.ts'

/** Bounds on one request, and how it is sent. */
export interface SendOptions {
  /** How long the whole exchange may take, body included. */
  readonly timeoutMilliseconds: number
  /** Of a longer body only so much is kept, and the answer is marked as truncated. */
  readonly bytesMax: number
  /** Aborting ends the exchange; `send` then throws the signal's reason. */
  readonly signal: AbortSignal
  /** Without one every request has a connection of its own. */
  readonly agent?: http.Agent
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection was closed before an answer came',
  EPIPE: 'the connection was closed while the request was sent',
  ENOTFOUND: 'the host name is unknown',
  EAI_AGAIN: 'the host name could not be looked up',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ETIMEDOUT: 'the connection timed out',
  HPE_HEADER_OVERFLOW: 'the headers of the answer are too large',
}

const inWords = (error: NodeJS.ErrnoException): string => {
  const code = error.code ?? ''
  if (Object.hasOwn(reasons, code)) return reasons[code] ?? code
  return code.startsWith('HPE_') ? `what came is no HTTP (${error.message})` : error.message
}

/** A stream of events may never end: it is read until nothing comes for a while, and then no longer. */
const streamIdleMilliseconds = 250
const streamMillisecondsMax = 1000

const isEventStream = ({ headers }: http.IncomingMessage): boolean =>
  /^\s*text\/event-stream\s*(?:;|$)/i.test(headers['content-type'] ?? '') &&
  headers['content-length'] === undefined

const pairs = (flat: readonly string[]): HeaderFields =>
  Array.from(
    { length: flat.length / 2 },
    (_, index) => [flat[index * 2] ?? '', flat[index * 2 + 1] ?? ''] as const,
  )

/** What HTTP/1.1 needs and the request does not say: nothing else is added. */
const completed = ({ headers, body, method }: HttpRequest, url: URL): readonly string[] => {
  const flat = headers.flatMap(([name, value]) => [name, value])
  const isFramed = ['content-length', 'transfer-encoding'].some(
    (name) => headerOf(headers, name) !== undefined,
  )
  const mayHaveBody = body !== undefined || ['POST', 'PUT', 'PATCH'].includes(method)
  return [
    ...(headerOf(headers, 'host') === undefined ? ['Host', url.host] : []),
    ...flat,
    ...(isFramed || !mayHaveBody ? [] : ['Content-Length', String(body?.length ?? 0)]),
  ]
}

const blocked = (request: HttpRequest, problem: string): Blocked =>
  new Blocked({ problem: `${request.method} ${request.url} cannot be sent: ${problem}.` })

const opened = (request: HttpRequest, agent: http.Agent | undefined): http.ClientRequest => {
  if (!URL.canParse(request.url)) throw blocked(request, 'its address is no URL')
  const url = new URL(request.url)
  // The target goes out as it is written: a URL object would normalise dots and escapes.
  const target = /^[a-z]+:\/\/[^/?#]*([^#]*)/i.exec(request.url)?.[1] ?? '/'
  const { request: open } = url.protocol === 'https:' ? https : http
  try {
    return open({
      protocol: url.protocol,
      hostname: url.hostname.replace(/^\[|\]$/g, ''),
      ...(url.port === '' ? {} : { port: url.port }),
      method: request.method,
      path: target.startsWith('/') ? target : `/${target}`,
      headers: completed(request, url),
      agent: agent ?? false,
      // Host and framing are set above; a Connection header is the caller's business.
      setDefaultHeaders: false,
    })
  } catch (error) {
    throw blocked(request, (error as Error).message)
  }
}

/**
 * Sends one request as it is - headers, bytes and target unchanged, no redirect followed, nothing
 * decompressed - and gives the answer as it came, with raw headers.
 *
 * An exchange without an answer says why in `failure`. One with an answer *and* a failure broke off
 * in the body: it closed before `Content-Length` was reached, or more came than that allows. A stream
 * of events (`text/event-stream`) is read for a second at most, and need not end.
 *
 * Throws `Blocked` for a request that HTTP cannot carry, and the signal's reason when aborted.
 *
 * @example
 * const { answer, failure } = await send(request, { timeoutMilliseconds: 10_000, bytesMax: 5e6, signal })
 */
export const send = async (
  request: HttpRequest,
  { timeoutMilliseconds, bytesMax, signal, agent }: SendOptions,
): Promise<Exchange> => {
  signal.throwIfAborted()
  const started = performance.now()
  const message = opened(request, agent)
  const timeout = AbortSignal.timeout(timeoutMilliseconds)
  return await new Promise<Exchange>((resolve, reject) => {
    let response: http.IncomingMessage | undefined
    const chunks: Buffer[] = []
    let bytes = 0
    let isSettled = false
    let isStreamed = false
    let idle: NodeJS.Timeout | undefined
    let longest: NodeJS.Timeout | undefined
    const settle = (failure?: string): void => {
      if (isSettled) return
      isSettled = true
      clearTimeout(idle)
      clearTimeout(longest)
      signal.removeEventListener('abort', abort)
      timeout.removeEventListener('abort', expire)
      const isBrokenOff = failure !== undefined || isStreamed || bytes > bytesMax
      if (agent === undefined || isBrokenOff) message.destroy()
      if (signal.aborted) {
        reject(signal.reason as Error)
        return
      }
      const answer = response && {
        status: response.statusCode ?? 0,
        headers: pairs(response.rawHeaders),
        body: new Uint8Array(Buffer.concat(chunks).subarray(0, bytesMax)),
        milliseconds: performance.now() - started,
        ...(bytes > bytesMax ? { truncated: true } : {}),
        ...(isStreamed ? { streamed: true } : {}),
      }
      resolve({ request, ...(answer && { answer }), ...(failure === undefined ? {} : { failure }) })
    }
    const abort = (): void => settle('aborted')
    const leave = (): void => {
      isStreamed = true
      settle()
    }
    const expire = (): void =>
      settle(
        `${response === undefined ? 'no answer' : 'no end of the answer'} within ${timeoutMilliseconds / 1000} s`,
      )
    const short = (): void => {
      const length =
        response === undefined ? undefined : headerOf(pairs(response.rawHeaders), 'content-length')
      settle(
        `the connection was closed after ${bytes}${length === undefined ? '' : ` of ${length}`} bytes of the body`,
      )
    }
    signal.addEventListener('abort', abort)
    timeout.addEventListener('abort', expire)
    message.on('error', (error: NodeJS.ErrnoException) => {
      if (response === undefined) settle(inWords(error))
      else if (response.complete) settle('more bytes came after the end of the answer')
      else if (error.code?.startsWith('HPE_') === true) settle(inWords(error))
      else short()
    })
    message.on('response', (incoming) => {
      response = incoming
      const goOn = (): void => {
        if (!isEventStream(incoming)) return
        clearTimeout(idle)
        idle = setTimeout(leave, streamIdleMilliseconds)
        longest ??= setTimeout(leave, streamMillisecondsMax)
      }
      goOn()
      incoming.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        chunks.push(chunk)
        goOn()
        if (bytes > bytesMax) settle()
      })
      // One turn of the event loop, so that an error about bytes beyond the end comes first.
      incoming.on('end', () => setImmediate(settle))
      incoming.on('error', short)
    })
    message.end(request.body)
  })
}
