import createClient from 'openapi-fetch'
import type { Exchange, HttpRequest } from '../../model/http.ts'
import type { UntypedApi } from '../scope.ts'

const withoutBody: ReadonlySet<number> = new Set([101, 204, 205, 304])

const requestOf = async (request: Request): Promise<HttpRequest> => {
  const body = new Uint8Array(await request.arrayBuffer())
  return {
    method: request.method,
    url: request.url,
    headers: [...request.headers],
    ...(body.length === 0 ? {} : { body }),
  }
}

/**
 * The client that `ts` fences use: openapi-fetch, whose requests are sent and recorded like those of
 * `http` fences.
 */
export const makeApi = (
  baseUrl: string,
  sendIt: (request: HttpRequest) => Promise<Exchange>,
): UntypedApi => {
  const client = createClient({
    baseUrl,
    fetch: async (request) => {
      const { answer, failure } = await sendIt(await requestOf(request))
      if (answer === undefined) throw new TypeError(failure ?? 'no answer')
      const body = withoutBody.has(answer.status) ? null : Buffer.from(answer.body)
      return new Response(body, {
        status: answer.status,
        headers: answer.headers.map(([name, value]): [string, string] => [name, value]),
      })
    },
  })
  // The client's own types need a spec's; a compiled guide brings them where they are known.
  return client as unknown as UntypedApi
}
