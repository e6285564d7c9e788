import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { buffer } from 'node:stream/consumers'
import type { AddressInfo } from 'node:net'
import { connect, createServer } from 'node:tls'
import { Client } from 'pg'
import { describe, expect, test } from 'vitest'
import { openPostgres } from '../database/postgres.ts'
import { temporaryCustody } from '../testing/temporary-custody.ts'
import { openLink } from './link.ts'
import { selfSigned } from './testing/self-signed.ts'

const host = '127.0.0.1'
const megabyte = 1024 * 1024
const hashOf = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex')

/** A TLS server that says what it hears, behind a link. */
const echo = async () => {
  const pair = selfSigned('localhost')
  const server = createServer(pair, (socket) => socket.on('error', () => {}).pipe(socket))
  server.on('tlsClientError', () => {})
  server.listen(0, host)
  await once(server, 'listening')
  const link = await openLink({
    name: 'echo',
    target: { host, port: (server.address() as AddressInfo).port },
  })
  const dial = () =>
    connect({ host: link.host, port: link.port, ca: pair.cert, servername: 'localhost' })
  return {
    link,
    dial,
    [Symbol.asyncDispose]: async () => {
      await link.close()
      server.close()
    },
  }
}

describe('TLS through a link', () => {
  test('the certificate is the target’s own, and no byte of 16 MB is changed', async () => {
    await using through = await echo()
    const socket = through.dial()
    await once(socket, 'secureConnect')
    expect(socket.authorized).toBe(true)
    const sent = randomBytes(16 * megabyte)
    const received = buffer(socket)
    socket.end(sent)
    expect(hashOf(await received)).toBe(hashOf(sent))
  })

  test('toxics that change no byte leave it whole', async () => {
    await using through = await echo()
    through.link.add({ type: 'slicer', attributes: { average_size: 900, size_variation: 400 } })
    through.link.add({ type: 'latency', stream: 'upstream', attributes: { latency: 5, jitter: 5 } })
    const socket = through.dial()
    const sent = randomBytes(megabyte)
    const received = buffer(socket)
    socket.end(sent)
    expect(hashOf(await received)).toBe(hashOf(sent))
  })

  test('a connection that is cut is an error, and never a short answer', async () => {
    await using through = await echo()
    through.link.add({ type: 'limit_data', attributes: { bytes: 100_000 } })
    const socket = through.dial()
    const received = buffer(socket)
    socket.end(randomBytes(megabyte))
    const outcome = await received.then(
      ({ length }) => length,
      (error: NodeJS.ErrnoException) => error.code,
    )
    if (typeof outcome === 'number') expect(outcome).toBeLessThan(100_000)
    else expect(outcome).toBe('ECONNRESET')
  })
})

describe('PostgreSQL through a link', () => {
  test('large results and large values pass whole, both ways, beside each other', async () => {
    await using custody = await temporaryCustody()
    const server = await openPostgres(custody, { version: undefined, root: process.cwd() })
    const template = await server.template(
      { type: 'postgres' },
      { root: process.cwd(), environment: {} },
    )
    const database = await server.clone(template, 'volume')
    await using link = await openLink({ name: 'database', target: database })
    const url = database.url.replace(
      `${database.host}:${database.port}`,
      `${link.host}:${link.port}`,
    )
    const clients = await Promise.all(
      [0, 1, 2].map(async () => {
        const client = new Client({ connectionString: url })
        await client.connect()
        return client
      }),
    )
    const [writer, reader, small] = clients
    if (writer === undefined || reader === undefined || small === undefined) throw new Error('none')
    await writer.query('CREATE TABLE blobs (id int, content bytea)')

    const rows = 100_000
    const reading = reader.query<{ readonly n: number; readonly text: string }>(
      `SELECT n, repeat(md5(n::text), 10) AS text FROM generate_series(1, ${rows}) AS n`,
    )
    const contents = [8, 8, 8].map((megabytes) => randomBytes(megabytes * megabyte))
    const write = async (): Promise<void> => {
      for (const [id, content] of contents.entries())
        await writer.query('INSERT INTO blobs VALUES ($1, $2)', [id, content])
    }
    const writing = write()
    // A third connection is answered while the other two are full.
    expect((await small.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])

    const { rows: read } = await reading
    expect(read).toHaveLength(rows)
    const wrong = read.filter(
      ({ n, text }) => text !== createHash('md5').update(String(n)).digest('hex').repeat(10),
    )
    expect(wrong).toEqual([])
    await writing
    const { rows: stored } = await writer.query<{
      readonly hash: string
      readonly content: Buffer
    }>('SELECT md5(content) AS hash, content FROM blobs ORDER BY id')
    expect(stored.map(({ hash }) => hash)).toEqual(contents.map(hashOf))
    expect(stored.map(({ content }) => hashOf(content))).toEqual(contents.map(hashOf))

    await Promise.all(clients.map((client) => client.end()))
    await server.close()
  })
})
