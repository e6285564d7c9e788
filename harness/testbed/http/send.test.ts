import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { createServer as createHttpServer } from 'node:http'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { HttpRequest } from '../../model/http.ts'
import { send, type SendOptions } from './send.ts'

/** A server that keeps what came and answers with these bytes. */
const serverOf = async (answer: string | Buffer) => {
  const received: string[] = []
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      received.push(chunk.toString('latin1'))
      socket.write(answer)
      if (!answer.toString('latin1').includes('keep')) socket.end()
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
      }),
  }
}

const options = (more: Partial<SendOptions> = {}): SendOptions => ({
  timeoutMilliseconds: 5_000,
  bytesMax: 1_000,
  signal: new AbortController().signal,
  ...more,
})

const get = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  url,
  headers: [],
  ...more,
})

const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi'

describe('what goes out', () => {
  test('headers and target as they are, and nothing but Host added', async () => {
    await using server = await serverOf(ok)
    await send(
      get(`${server.url}/a/../b%2fc?x=%41&y=[1]`, {
        headers: [
          ['x-A', '1'],
          ['X-a', '2'],
        ],
      }),
      options(),
    )
    const host = server.url.slice('http://'.length)
    expect(server.received.join('')).toBe(
      `GET /a/../b%2fc?x=%41&y=[1] HTTP/1.1\r\nHost: ${host}\r\nx-A: 1\r\nX-a: 2\r\n\r\n`,
    )
  })

  test('a body with its length, byte for byte', async () => {
    await using server = await serverOf(ok)
    const body = new Uint8Array([0, 255, 10])
    await send(get(server.url, { method: 'POST', body }), options())
    expect(server.received.join('')).toMatch(/Content-Length: 3\r\n\r\n\0\xff\n$/)
  })

  test('what HTTP cannot carry is blocked, not sent', async () => {
    await expect(
      send(get('http://127.0.0.1:1', { headers: [['bad name', 'x']] }), options()),
    ).rejects.toThrow(/cannot be sent: .*bad name/)
    await expect(send(get('nonsense'), options())).rejects.toThrow('its address is no URL')
  })
})

describe('what comes back', () => {
  test('raw headers, repeats and all; nothing followed, nothing decompressed', async () => {
    const zipped = gzipSync('hi')
    await using server = await serverOf(
      Buffer.concat([
        Buffer.from(
          `HTTP/1.1 302 Found\r\nLocation: /x\r\nset-cookie: a\r\nSet-Cookie: b\r\nContent-Encoding: gzip\r\nContent-Length: ${zipped.length}\r\n\r\n`,
        ),
        zipped,
      ]),
    )
    const { answer, failure } = await send(get(server.url), options())
    expect(failure).toBeUndefined()
    expect(answer?.status).toBe(302)
    expect(answer?.headers.slice(1, 3)).toEqual([
      ['set-cookie', 'a'],
      ['Set-Cookie', 'b'],
    ])
    expect(Buffer.from(answer?.body ?? []).equals(zipped)).toBe(true)
  })

  test.each([
    [
      'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhi',
      'the connection was closed after 2 of 9 bytes of the body',
    ],
    [
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n',
      'the connection was closed after 2 bytes of the body',
    ],
    [
      'HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nhi',
      'more bytes came after the end of the answer',
    ],
    ['HTTP/1.1 204 No Content\r\n\r\nhi', 'more bytes came after the end of the answer'],
  ])('%j broke off', async (bytes, expected) => {
    await using server = await serverOf(bytes)
    const { answer, failure } = await send(get(server.url), options())
    expect({ failure, hasAnswer: answer !== undefined }).toEqual({
      failure: expected,
      hasAnswer: true,
    })
  })

  test.each([
    ['', 'the connection was closed before an answer came'],
    ['nonsense\r\n\r\n', 'what came is no HTTP'],
  ])('%j is no answer', async (bytes, expected) => {
    await using server = await serverOf(bytes)
    const { answer, failure } = await send(get(server.url), options())
    expect(answer).toBeUndefined()
    expect(failure).toContain(expected)
  })

  test('a port that nobody listens on is said in words', async () => {
    const server = await serverOf(ok)
    await server[Symbol.asyncDispose]()
    expect((await send(get(server.url), options())).failure).toBe('connection refused')
  })
})

describe('bounds', () => {
  test('a longer body is cut and marked', async () => {
    await using server = await serverOf(
      `HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n${'x'.repeat(5000)}`,
    )
    const { answer, failure } = await send(get(server.url), options({ bytesMax: 10 }))
    expect({ length: answer?.body.length, truncated: answer?.truncated, failure }).toEqual({
      length: 10,
      truncated: true,
      failure: undefined,
    })
  })

  test.each([
    [
      'HTTP/1.1 200 OK\r\nX: keep\r\nContent-Length: 9\r\n\r\nhi',
      'no end of the answer within 0.05 s',
    ],
    ['keep', 'no HTTP'],
  ])('%j does not end in time', async (bytes, expected) => {
    await using server = await serverOf(bytes)
    const { failure } = await send(get(server.url), options({ timeoutMilliseconds: 50 }))
    expect(failure).toContain(expected)
  })

  test('a server that says nothing is given up', async () => {
    const server = createHttpServer(() => {})
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    expect((await send(get(url), options({ timeoutMilliseconds: 50 }))).failure).toBe(
      'no answer within 0.05 s',
    )
    const aborted = AbortSignal.timeout(20)
    await expect(send(get(url), options({ signal: aborted }))).rejects.toThrow(/abort|timeout/i)
    server.closeAllConnections()
    server.close()
  })
})

describe('a stream of events', () => {
  const head = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n'

  test('that does not end is what came of it, and no failure', async () => {
    await using server = await serverOf(`${head}X: keep\r\n\r\ndata: 1\n\n`)
    const { answer, failure } = await send(get(server.url), options())
    expect(failure).toBeUndefined()
    expect(answer?.streamed).toBe(true)
    expect(new TextDecoder().decode(answer?.body)).toBe('data: 1\n\n')
  })

  test('that ends is a whole answer', async () => {
    await using server = await serverOf(`${head}Connection: close\r\n\r\ndata: 1\n\n`)
    const { answer, failure } = await send(get(server.url), options())
    expect([answer?.streamed, failure]).toEqual([undefined, undefined])
  })

  test('that says how long it is must be as long', async () => {
    await using server = await serverOf(`${head}Content-Length: 99\r\n\r\ndata: 1\n\n`)
    const { failure } = await send(get(server.url), options())
    expect(failure).toContain('of 99')
  })
})
