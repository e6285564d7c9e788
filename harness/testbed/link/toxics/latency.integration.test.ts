import { expect, test, vi } from 'vitest'
import { expectNoByteLost } from '../testing/no-byte-lost.ts'
import { echo, openRig } from '../testing/rig.ts'

const roundTrip = async (
  ends: Awaited<ReturnType<Awaited<ReturnType<typeof openRig>>['dial']>>,
) => {
  const before = performance.now()
  const seen = ends.client.bytes().length
  ends.client.socket.write('x')
  await ends.client.has(seen + 1)
  return performance.now() - before
}

test('each chunk comes later, and the toxic says when that began', async () => {
  await using rig = await openRig({ serve: echo })
  const ends = await rig.dial()
  const before = Date.now()
  const toxic = rig.link.add({ type: 'latency', attributes: { latency: 80 } })
  expect(toxic.firstBite()).toBeUndefined()
  expect(await roundTrip(ends)).toBeGreaterThanOrEqual(79)
  expect(toxic.firstBite()).toBeGreaterThanOrEqual(before)
})

test('both directions add up', async () => {
  await using rig = await openRig({ serve: echo })
  rig.link.add({ type: 'latency', stream: 'upstream', attributes: { latency: 40 } })
  rig.link.add({ type: 'latency', stream: 'downstream', attributes: { latency: 40 } })
  rig.link.add({ type: 'latency', stream: 'downstream', attributes: { latency: 40 } })
  expect(await roundTrip(await rig.dial())).toBeGreaterThanOrEqual(118)
})

test.each([
  ['least', 0, 20],
  ['most', 0.999999, 179],
])('jitter at its %s', async (_, drawn, milliseconds) => {
  await using rig = await openRig({ serve: echo, random: () => drawn })
  rig.link.add({ type: 'latency', attributes: { latency: 100, jitter: 80 } })
  expect(await roundTrip(await rig.dial())).toBeGreaterThanOrEqual(milliseconds - 1)
})

test('it is a distance and no bottleneck: many chunks are under way at once', async () => {
  await using rig = await openRig()
  const { client, server } = await rig.dial()
  rig.link.add({ type: 'latency', attributes: { latency: 200 } })
  const before = performance.now()
  for (let chunk = 0; chunk < 30; chunk += 1) {
    await new Promise((resolve) => server.socket.write('x', resolve))
    await new Promise((resolve) => setImmediate(resolve))
  }
  await client.has(30)
  expect(performance.now() - before).toBeLessThan(30 * 200 * 0.5)
})

test('taken away, it delivers at once what it held', async () => {
  await using rig = await openRig({ serve: (socket) => socket.end('held') })
  const toxic = rig.link.add({ type: 'latency', attributes: { latency: 600_000 } })
  const { client } = await rig.dial()
  await vi.waitFor(() => expect(toxic.firstBite()).toBeDefined())
  expect(client.bytes()).toHaveLength(0)
  await toxic.remove()
  expect(String(await client.ended)).toBe('held')
})

test('a latency of 0 never bites', async () => {
  await using rig = await openRig({ serve: echo })
  const toxic = rig.link.add({ type: 'latency', attributes: { latency: 0 } })
  await roundTrip(await rig.dial())
  expect(toxic.firstBite()).toBeUndefined()
})

test('no byte is lost', () =>
  expectNoByteLost({ type: 'latency', attributes: { latency: 3, jitter: 3 } }))

test('no byte is lost that is held when it is taken away', () =>
  expectNoByteLost({ type: 'latency', attributes: { latency: 600_000 } }))
