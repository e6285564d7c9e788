import { expect, test, vi } from 'vitest'
import { expectNoByteLost } from '../testing/no-byte-lost.ts'
import { openRig } from '../testing/rig.ts'

test('the close comes later, the bytes do not', async () => {
  await using rig = await openRig()
  const { client, server } = await rig.dial()
  const toxic = rig.link.add({ type: 'slow_close', attributes: { delay: 300 } })
  const before = performance.now()
  server.socket.write('now')
  await client.has(3)
  expect(toxic.firstBite()).toBeUndefined()
  server.socket.end(' and here')
  await client.has(12)
  expect(client.socket.readableEnded).toBe(false)
  await client.ended
  expect(performance.now() - before).toBeGreaterThanOrEqual(299)
  expect(toxic.firstBite()).toBeDefined()
})

test('meanwhile the other direction goes on', async () => {
  await using rig = await openRig()
  const { client, server } = await rig.dial()
  const toxic = rig.link.add({ type: 'slow_close', attributes: { delay: 600_000 } })
  server.socket.end()
  await vi.waitFor(() => expect(toxic.firstBite()).toBeDefined())
  client.socket.write('still here')
  expect(String(await server.has(10))).toBe('still here')
})

test('taken away, it closes at once', async () => {
  await using rig = await openRig({ serve: (socket) => socket.end('x') })
  const toxic = rig.link.add({ type: 'slow_close', attributes: { delay: 600_000 } })
  const { client } = await rig.dial()
  await vi.waitFor(() => expect(toxic.firstBite()).toBeDefined())
  await toxic.remove()
  expect(String(await client.ended)).toBe('x')
})

test('no byte is lost', () =>
  expectNoByteLost({ type: 'slow_close', attributes: { delay: 600_000 } }))
