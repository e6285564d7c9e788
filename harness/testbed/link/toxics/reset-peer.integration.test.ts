import { expect, test, vi } from 'vitest'
import { expectNoByteLost } from '../testing/no-byte-lost.ts'
import { echo, openRig } from '../testing/rig.ts'

test('both sides are reset with the first byte', async () => {
  await using rig = await openRig({ serve: echo })
  const { client, server } = await rig.dial()
  const toxic = rig.link.add({ type: 'reset_peer' })
  expect(toxic.firstBite()).toBeUndefined()
  client.socket.write('question')
  expect(await Promise.all([client.closed, server.closed])).toEqual(['ECONNRESET', 'ECONNRESET'])
  expect(client.bytes()).toHaveLength(0)
  expect(toxic.firstBite()).toBeDefined()
})

test('the timeout begins with the first byte', async () => {
  await using rig = await openRig()
  const { client } = await rig.dial()
  rig.link.add({ type: 'reset_peer', stream: 'upstream', attributes: { timeout: 120 } })
  const before = performance.now()
  client.socket.write('x')
  expect(await client.closed).toBe('ECONNRESET')
  expect(performance.now() - before).toBeGreaterThanOrEqual(119)
})

test("the sender's close counts as well", async () => {
  await using rig = await openRig()
  const { client, server } = await rig.dial()
  rig.link.add({ type: 'reset_peer' })
  server.socket.end()
  expect(await client.closed).toBe('ECONNRESET')
})

test('a connection on which nothing is said lives on', async () => {
  await using rig = await openRig({ serve: echo })
  const silent = await rig.dial()
  const toxic = rig.link.add({ type: 'reset_peer' })
  const other = await rig.dial()
  other.client.socket.write('x')
  await other.client.closed
  expect(silent.client.socket.destroyed).toBe(false)
  await toxic.remove()
  silent.client.socket.write('x')
  await silent.client.has(1)
})

test('with a toxicity, only its share is reset', async () => {
  const draws = [0.29, 0.31]
  await using rig = await openRig({ serve: echo, random: () => draws.shift() ?? 0 })
  rig.link.add({ type: 'reset_peer', toxicity: 0.3 })
  const unlucky = await rig.dial()
  const lucky = await rig.dial()
  unlucky.client.socket.write('x')
  lucky.client.socket.write('x')
  expect(await unlucky.client.closed).toBe('ECONNRESET')
  expect(String(await lucky.client.has(1))).toBe('x')
  await vi.waitFor(() => expect(rig.link.connections()).toBe(1))
})

test('no byte is lost when it is taken away before', () =>
  expectNoByteLost({ type: 'reset_peer', attributes: { timeout: 600_000 } }))
