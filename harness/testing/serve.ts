import { createServer, type RequestListener } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

/** A provider in this process, on loopback, which counts what it is asked. */
export interface Served extends AsyncDisposable {
  readonly url: string
  /** Methods and paths, in the order in which they were asked. */
  readonly asked: readonly string[]
}

/**
 * Serves until it is disposed.
 *
 * @example
 * await using served = await serve((_, response) => response.end('{}'))
 */
export const serve = async (listener: RequestListener): Promise<Served> => {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    listener(request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
