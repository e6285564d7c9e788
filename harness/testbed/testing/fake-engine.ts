import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EngineAddress } from '../engine/address.ts'

/** Something that listens where an engine would, and what it was asked: `GET /_ping`. */
export interface FakeEngine extends AsyncDisposable {
  readonly address: EngineAddress
  readonly socketPath: string
  readonly asked: readonly string[]
}

/** What the fake answers to one question; `undefined`: nothing, ever. */
export type FakeAnswer = { readonly status: number; readonly body?: unknown } | undefined

/**
 * Starts a fake engine on a socket of its own.
 *
 * @example
 * await using engine = await fakeEngine(() => ({ status: 200, body: 'OK' }))
 */
export const fakeEngine = async (
  answer: (method: string, url: URL) => FakeAnswer,
): Promise<FakeEngine> => {
  const folder = await mkdtemp(join(tmpdir(), 'proofbook-engine-'))
  const socketPath = join(folder, 'engine.sock')
  const asked: string[] = []
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://engine')
    asked.push(`${request.method} ${url.pathname}`)
    const answered = answer(request.method ?? '', url)
    if (answered === undefined) return
    response.writeHead(answered.status, { 'Content-Type': 'application/json' })
    response.end(typeof answered.body === 'string' ? answered.body : JSON.stringify(answered.body))
  })
  server.listen(socketPath)
  await once(server, 'listening')
  return {
    address: { socketPath },
    socketPath,
    asked,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
      await rm(folder, { recursive: true, force: true })
    },
  }
}
