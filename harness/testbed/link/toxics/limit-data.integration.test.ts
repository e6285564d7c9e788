import { expect, test, vi } from 'vitest'
import { echo, openRig } from '../testing/rig.ts'

test('so many bytes pass, then the connection is closed', async () => {
  await using rig = await openRig()
  const { client, server } = await rig.dial()
  const toxic = rig.link.add({ type: 'limit_data', attributes: { bytes: 7 } })
  server.socket.write('five ')
  await client.has(5)
  expect(toxic.firstBite()).toBeUndefined()
  server.socket.write('and more')
  expect(String(await client.ended)).toBe('five an')
  await server.ended
  expect(toxic.firstBite()).toBeDefined()
  await vi.waitFor(() => expect(rig.link.connections()).toBe(0))
})

test('each connection has its own limit', async () => {
  await using rig = await openRig({ serve: echo })
  rig.link.add({ type: 'limit_data', attributes: { bytes: 3 } })
  for (let round = 0; round < 3; round += 1) {
    const { client } = await rig.dial()
    client.socket.write('abcdef')
    expect(String(await client.ended)).toBe('abc')
  }
})

test('a limit of 0 closes with the first byte', async () => {
  await using rig = await openRig()
  rig.link.add({ type: 'limit_data', stream: 'upstream', attributes: { bytes: 0 } })
  const { client, server } = await rig.dial()
  client.socket.write('x')
  await Promise.all([client.ended, server.ended])
  expect(server.bytes()).toHaveLength(0)
})

test('toxics behind it still get what it let through, and the close after that', async () => {
  await using rig = await openRig()
  const { client, server } = await rig.dial()
  const limit = rig.link.add({ type: 'limit_data', attributes: { bytes: 4 } })
  rig.link.add({ type: 'latency', attributes: { latency: 150 } })
  const before = performance.now()
  server.socket.write('four, then nothing')
  await vi.waitFor(() => expect(limit.firstBite()).toBeDefined())
  server.socket.write('nor this')
  expect(String(await client.ended)).toBe('four')
  expect(performance.now() - before).toBeGreaterThanOrEqual(149)
})

test('below the limit nothing happens', async () => {
  await using rig = await openRig({ serve: (socket) => socket.end('abc') })
  const toxic = rig.link.add({ type: 'limit_data', attributes: { bytes: 4 } })
  const { client } = await rig.dial()
  expect(String(await client.ended)).toBe('abc')
  expect(toxic.firstBite()).toBeUndefined()
})
