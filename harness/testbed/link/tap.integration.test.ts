import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { expect, test, vi } from 'vitest'
import { readTranscript } from './http-transcript.ts'
import { openTap, type Tap } from './tap.ts'
import { peerOf } from './testing/peer.ts'

const withTap = async (
  answer: RequestListener,
  use: (tap: Tap, url: string) => Promise<void>,
  bytesMax = 256_000,
): Promise<void> => {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  try {
    await using tap = await openTap({ target: { host: '127.0.0.1', port }, bytesMax })
    await use(tap, `http://${tap.host}:${tap.port}`)
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}

const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('latin1')

test('both directions are recorded, unchanged, and read as exchanges', () =>
  withTap(
    (request, response) => {
      void buffer(request).then((body) => response.end(`got ${body.length}`))
    },
    async (tap, url) => {
      const before = Date.now() - 1
      const body = randomBytes(1000)
      const answer = await fetch(`${url}/orders`, {
        method: 'POST',
        body,
        headers: { connection: 'close' },
      })
      expect(await answer.text()).toBe('got 1000')
      let connections = tap.take()
      await vi.waitFor(() => {
        connections = [...connections, ...tap.take()]
        expect(connections.at(-1)?.endedAt).toBeDefined()
      })
      const [connection] = connections
      expect(text(connection?.sent)).toContain(text(body))
      expect(text(connection?.received)).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
      expect(connection?.truncated).toBe(false)
      expect(connection?.startedAt).toBeGreaterThanOrEqual(before)
      const exchanges = connections.flatMap((one) => readTranscript(one, 'http://orders'))
      expect(exchanges).toMatchObject([
        { request: { method: 'POST', url: 'http://orders/orders' }, answer: { status: 200 } },
      ])
      expect(text(exchanges[0]?.request.body)).toBe(text(body))
      expect(text(exchanges[0]?.answer?.body)).toBe('got 1000')
    },
  ))

test('what is taken is gone; an open connection goes on with what is new', () =>
  withTap(
    (_, response) => response.end('x'),
    async (tap) => {
      const peer = peerOf(connect(tap.port, tap.host))
      const ask = async (path: string): Promise<void> => {
        const seen = peer.bytes().length
        peer.socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`)
        await peer.has(seen + 1)
        await vi.waitFor(() => expect(text(peer.bytes().subarray(seen))).toMatch(/\r\n\r\nx$/))
      }
      const paths = (): readonly string[] =>
        tap.take().flatMap((one) => readTranscript(one, '').map(({ request }) => request.url))
      await ask('/one')
      expect(paths()).toEqual(['/one'])
      await ask('/two')
      await ask('/three')
      expect(paths()).toEqual(['/two', '/three'])
      expect(tap.take()).toEqual([])
      peer.socket.destroy()
    },
  ))

test('beyond the bound bytes pass, and are not kept', () =>
  withTap(
    (_, response) => response.end(randomBytes(500_000)),
    async (tap, url) => {
      const answer = await fetch(url)
      expect((await answer.arrayBuffer()).byteLength).toBe(500_000)
      const [connection] = tap.take()
      expect(connection?.received).toHaveLength(1000)
      expect(connection?.truncated).toBe(true)
      expect(readTranscript(connection ?? expect.fail(), url)).toMatchObject([
        { answer: { status: 200, truncated: true } },
      ])
    },
    1000,
  ))

test('a provider that is gone: the client is reset, and that it ended is on record', async () => {
  await using tap = await openTap({ target: { host: '127.0.0.1', port: 1 } })
  const peer = peerOf(connect(tap.port, tap.host))
  peer.socket.write('GET / HTTP/1.1\r\n\r\n')
  expect(await peer.closed).toBe('ECONNRESET')
  await vi.waitFor(() => expect(tap.take().at(-1)?.endedAt).toBeDefined())
  expect(tap.take()).toEqual([])
})
