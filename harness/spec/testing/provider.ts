import { createServer, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net'

/** A provider in this process, as small as one answer. */
export interface TinyProvider extends AsyncDisposable {
  readonly url: string
}

const listening = async (server: Server): Promise<TinyProvider> => {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
      }),
  }
}

/** A provider that answers through Node's own server. */
export const tinyProvider = async (listener: RequestListener): Promise<TinyProvider> => {
  const server = createServer(listener)
  server.keepAliveTimeout = 1
  return await listening(server)
}

/** A provider that writes these bytes to whoever connects, and hangs up. */
export const rawProvider = async (bytes: string): Promise<TinyProvider> =>
  await listening(
    createTcpServer((socket) => {
      socket.on('error', () => {})
      socket.once('data', () => socket.end(bytes))
    }),
  )

/** Answers in JSON. */
export const json =
  (
    status: number,
    value: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): RequestListener =>
  (_, response: ServerResponse) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(JSON.stringify(value))
  }
