import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { expect, test, vi } from 'vitest'
import { openLink, type LiveToxic } from './link.ts'
import { echo, openRig } from './testing/rig.ts'
import { moreThanBuffers, writeUntilStalled } from './testing/write-until-stalled.ts'
import type { ToxicSpecification } from './toxic.ts'

test('a link without toxics carries every byte both ways', async () => {
  await using rig = await openRig({ serve: echo })
  const { client } = await rig.dial()
  const sent = randomBytes(3_000_000)
  client.socket.end(sent)
  expect((await client.ended).equals(sent)).toBe(true)
  await vi.waitFor(() => expect(rig.link.connections()).toBe(0))
})

test('one side that ends leaves the other direction open', async () => {
  await using rig = await openRig()
  const { client, server } = await rig.dial()
  client.socket.end('question')
  expect(String(await server.ended)).toBe('question')
  server.socket.write('first, ')
  await client.has(7)
  expect(rig.link.connections()).toBe(1)
  server.socket.end('second')
  expect(String(await client.ended)).toBe('first, second')
})

test('the server may end first', async () => {
  await using rig = await openRig()
  const { client, server } = await rig.dial()
  server.socket.end('bye')
  await client.ended
  client.socket.end('late word')
  expect(String(await server.ended)).toBe('late word')
})

test.each(['client', 'server'] as const)('a reset by the %s resets the other', async (who) => {
  await using rig = await openRig()
  const ends = await rig.dial()
  ends[who].socket.resetAndDestroy()
  expect(await ends[who === 'client' ? 'server' : 'client'].closed).toBe('ECONNRESET')
  await vi.waitFor(() => expect(rig.link.connections()).toBe(0))
})

test('a client that connects while the target refuses is reset', async () => {
  await using rig = await openRig()
  rig.link.retarget({ host: '127.0.0.1', port: 1 })
  expect(await rig.dialAlone().closed).toBe('ECONNRESET')
})

test('new connections follow a new target, existing ones stay', async () => {
  await using first = await openRig({ serve: (socket) => socket.write('first') })
  await using second = await openRig({ serve: (socket) => socket.write('second') })
  const before = first.dialAlone()
  await before.has(5)
  first.link.retarget({ host: second.link.host, port: second.link.port })
  expect(String(await first.dialAlone().has(6))).toBe('second')
  expect(before.socket.destroyed).toBe(false)
})

test('a slow reader slows the writer, and memory stays bounded', async () => {
  await using rig = await openRig()
  const { client, server } = await rig.dial()
  client.socket.pause()
  const written = await writeUntilStalled(server.socket)
  expect(written).toBeLessThan(moreThanBuffers)
  client.socket.resume()
  await client.has(written)
})

test('a toxic is taken away at once, also where the reader is stuck', async () => {
  await using rig = await openRig()
  const { client, server } = await rig.dial()
  client.socket.pause()
  const toxic = rig.link.add({ type: 'slicer', attributes: { average_size: 10_000 } })
  const written = await writeUntilStalled(server.socket)
  expect(written).toBeLessThan(moreThanBuffers)
  await toxic.remove()
  client.socket.resume()
  await client.has(written)
})

test('several toxics are a chain, from which any may be taken in the middle of a stream', async () => {
  await using rig = await openRig()
  const { client, server } = await rig.dial()
  const add = (specification: ToxicSpecification): LiveToxic =>
    rig.link.add({ ...specification, stream: 'upstream' })
  const first = add({ type: 'latency', attributes: { latency: 600_000 } })
  const second = add({ type: 'slicer', attributes: { average_size: 100, delay: 600_000_000 } })
  const third = add({ type: 'bandwidth', attributes: { rate: 1 } })
  const sent = randomBytes(300_000)
  client.socket.write(sent)
  await vi.waitFor(() => expect(first.firstBite()).toBeDefined())
  expect(second.firstBite()).toBeUndefined()
  await first.remove()
  await vi.waitFor(() => expect(third.firstBite()).toBeDefined())
  await second.remove()
  await server.has(200)
  await third.remove()
  client.socket.end('end')
  expect((await server.ended).equals(Buffer.concat([sent, Buffer.from('end')]))).toBe(true)
})

test('closeConnections closes all, and the link takes new ones', async () => {
  await using rig = await openRig({ serve: echo })
  const { client, server } = await rig.dial()
  await rig.link.closeConnections()
  expect(rig.link.connections()).toBe(0)
  await Promise.all([client.ended, server.ended])
  const again = await rig.dial()
  again.client.socket.write('x')
  expect(String(await again.client.has(1))).toBe('x')
})

test('a closed link refuses, and removing a toxic afterwards does not open it', async () => {
  await using rig = await openRig()
  const toxic = rig.link.add({ type: 'down' })
  await rig.link.close()
  await toxic.remove()
  expect(await rig.dialAlone().closed).toBe('ECONNREFUSED')
})

test('an address that is not ours is blocked', async () => {
  await expect(
    openLink({ name: 'x', target: { host: '127.0.0.1', port: 1 }, listen: '192.0.2.1' }),
  ).rejects.toThrow(/A link cannot listen on 192\.0\.2\.1: .*\n {2}fix: give an address/)
})

test('HTTP goes through unharmed, also with keep-alive', async () => {
  const body = randomBytes(200_000)
  const server = createServer((_, response) => response.end(body)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await using link = await openLink({ name: 'web', target: { host: '127.0.0.1', port } })
  for (let request = 0; request < 3; request += 1) {
    const answer = await new Promise<Buffer>((resolve, reject) => {
      get({ host: link.host, port: link.port }, (message) => {
        buffer(message).then(resolve, reject)
      })
    })
    expect(answer.equals(body)).toBe(true)
  }
  await link.close()
  await new Promise((resolve) => {
    server.close(resolve)
    server.closeAllConnections()
  })
})
