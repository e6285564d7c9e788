import { expect, test, vi } from 'vitest'
import { echo, openRig } from '../testing/rig.ts'
import { writeUntilStalled } from '../testing/write-until-stalled.ts'

test('drops what comes, then closes the connection', async () => {
  await using rig = await openRig({ serve: echo })
  const { client, server } = await rig.dial()
  const toxic = rig.link.add({ type: 'timeout', attributes: { timeout: 150 } })
  const before = performance.now()
  client.socket.write('question')
  await server.has(8)
  await Promise.all([client.ended, server.ended])
  expect(performance.now() - before).toBeGreaterThanOrEqual(149)
  expect(client.bytes()).toHaveLength(0)
  expect(toxic.firstBite()).toBeDefined()
  await vi.waitFor(() => expect(rig.link.connections()).toBe(0))
})

test('0 never closes, and data are stopped until it is taken away: that closes', async () => {
  await using rig = await openRig({ serve: echo })
  const { client, server } = await rig.dial()
  const toxic = rig.link.add({ type: 'timeout' })
  expect(toxic.firstBite()).toBeUndefined()
  client.socket.write('question')
  await server.has(8)
  await vi.waitFor(() => expect(toxic.firstBite()).toBeDefined())
  expect(client.socket.readableEnded).toBe(false)
  await toxic.remove()
  await client.ended
  expect(client.bytes()).toHaveLength(0)
})

test('new connections after it is taken away are free', async () => {
  await using rig = await openRig({ serve: echo })
  await rig.link.add({ type: 'timeout' }).remove()
  const { client } = await rig.dial()
  client.socket.write('x')
  await client.has(1)
})

test('upstream: the question does not arrive', async () => {
  await using rig = await openRig({ serve: (socket) => socket.write('hello') })
  rig.link.add({ type: 'timeout', stream: 'upstream', attributes: { timeout: 100 } })
  const { client, server } = await rig.dial()
  await client.has(5)
  client.socket.write('question')
  await server.ended
  expect(server.bytes()).toHaveLength(0)
})

test('what is dropped does not pile up', async () => {
  await using rig = await openRig()
  const { server } = await rig.dial()
  rig.link.add({ type: 'timeout' })
  const part = Buffer.alloc(1_000_000)
  for (let round = 0; round < 30; round += 1) {
    await new Promise((resolve) => server.socket.write(part, resolve))
  }
})

test('where the reader is stuck, the writer is free again', async () => {
  await using rig = await openRig()
  const { client, server } = await rig.dial()
  client.socket.pause()
  await writeUntilStalled(server.socket)
  const toxic = rig.link.add({ type: 'timeout' })
  await vi.waitFor(() => expect(toxic.firstBite()).toBeDefined())
  await vi.waitFor(() => expect(server.socket.writableLength).toBe(0))
})

test('a client that gives up is seen by the server', async () => {
  await using rig = await openRig()
  rig.link.add({ type: 'timeout' })
  const { client, server } = await rig.dial()
  client.socket.destroy()
  await server.ended
  server.socket.end()
  await vi.waitFor(() => expect(rig.link.connections()).toBe(0))
})
