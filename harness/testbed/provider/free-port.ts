import { once } from 'node:events'
import { createServer } from 'node:net'

const triesMax = 10

/** Listens for a moment; resolves with the port, or with why it could not. */
const tryPort = async (host: string, port: number): Promise<number | string> => {
  const server = createServer()
  try {
    server.listen({ host, port })
    await once(server, 'listening')
    const address = server.address()
    return typeof address === 'object' && address !== null ? address.port : 'no address'
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error)
  } finally {
    server.close()
  }
}

/**
 * A port of the loopback addresses that nobody listens on at this moment, by the kernel's choice. It
 * is free in IPv6 as well where there is IPv6: a provider that listens there must not be mistaken
 * for a stranger. Somebody else may still take it first.
 *
 * Throws where no port is left.
 */
export const freePort = async (): Promise<number> => {
  for (let tries = 0; tries < triesMax; tries += 1) {
    const port = await tryPort('127.0.0.1', 0)
    if (typeof port !== 'number') continue
    if ((await tryPort('::1', port)) !== 'EADDRINUSE') return port
  }
  throw new Error('no port of 127.0.0.1 is free')
}
