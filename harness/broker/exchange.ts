import { request, type Dispatcher } from 'undici'

/** One request to a broker, as it goes out. */
export interface BrokerRequest {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly bytesMax: number
  readonly milliseconds: number
}

/** What came back, whole. */
export interface BrokerAnswer {
  readonly status: number
  readonly header: (name: string) => string | undefined
  readonly text: string
}

/** An answer that is larger than it may be. */
export class TooLarge extends Error {}

const textOf = async (body: Dispatcher.ResponseData['body'], bytesMax: number): Promise<string> => {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of body) {
    const buffer = Buffer.from(chunk as Uint8Array)
    bytes += buffer.length
    if (bytes > bytesMax) {
      body.destroy()
      throw new TooLarge()
    }
    chunks.push(buffer)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/**
 * Sends one request and reads its answer to the end, within its time and size. Follows no redirect.
 *
 * Throws what undici throws, `TooLarge`, and a `TimeoutError`.
 */
export const exchange = async (
  { method, url, headers, body, bytesMax, milliseconds }: BrokerRequest,
  dispatcher: Dispatcher,
): Promise<BrokerAnswer> => {
  const answer = await request(url, {
    dispatcher,
    method,
    headers,
    ...(body === undefined ? {} : { body }),
    signal: AbortSignal.timeout(Math.ceil(milliseconds)),
  })
  const text = await textOf(answer.body, bytesMax)
  return {
    status: answer.statusCode,
    text,
    header: (name) => {
      const value = answer.headers[name]
      return Array.isArray(value) ? value[0] : value
    },
  }
}
