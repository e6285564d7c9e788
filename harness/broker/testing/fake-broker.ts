import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { serve, type Served } from '../../testing/serve.ts'

/** What the fake broker answers: by method and path; a function is given the request's body. */
export type FakeAnswers = Readonly<Record<string, unknown>>

/** A broker in this process that says what a test wants it to say, and takes notes. */
export interface FakeBroker extends Served {
  /** Methods and paths with the bodies that came. */
  readonly sent: readonly (readonly [request: string, body: unknown])[]
}

const withOrigin = (value: unknown, origin: string): string =>
  JSON.stringify(value ?? {}).replaceAll('"http://broker', `"${origin}`)

/**
 * Serves these answers with 200, and 404 for everything else; `http://broker` in them stands for the
 * broker's own address, and an array `[status, value]` has its own status.
 *
 * @example
 * await using fake = await fakeBroker({ 'GET /': { _links: {} } })
 */
export const fakeBroker = async (answers: FakeAnswers): Promise<FakeBroker> => {
  const sent: (readonly [string, unknown])[] = []
  const reply = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request)
    const key = `${request.method} ${request.url}`
    sent.push([key, body === '' ? undefined : JSON.parse(body)])
    const found = answers[key]
    const made: unknown = typeof found === 'function' ? found(JSON.parse(body || 'null')) : found
    const [status, value] =
      made === undefined
        ? [404, {}]
        : Array.isArray(made)
          ? (made as [number, unknown])
          : [200, made]
    const origin = `http://${request.headers.host}`
    response.writeHead(status, { 'content-type': 'application/hal+json' })
    response.end(withOrigin(value, origin))
  }
  const served = await serve((request, response) => void reply(request, response))
  return { ...served, sent }
}

/** Links of HAL, by relation. */
export const halLinks = (
  links: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => ({
  _links: Object.fromEntries(
    Object.entries(links).map(([relation, href]) => [
      relation,
      Array.isArray(href) ? href.map((one: unknown) => ({ href: one })) : { href },
    ]),
  ),
})
