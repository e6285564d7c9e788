import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { expectNoByteLost } from '../testing/no-byte-lost.ts'
import { openRig } from '../testing/rig.ts'

test('a chunk comes in pieces, each later by the delay', async () => {
  await using rig = await openRig()
  const { client, server } = await rig.dial()
  const toxic = rig.link.add({
    type: 'slicer',
    attributes: { average_size: 100, delay: 20_000 },
  })
  expect(toxic.firstBite()).toBeUndefined()
  const before = performance.now()
  const sent = randomBytes(1000)
  server.socket.write(sent)
  expect((await client.has(1000)).equals(sent)).toBe(true)
  expect(performance.now() - before).toBeGreaterThanOrEqual(9 * 20 - 1)
  expect(client.chunks.length).toBeGreaterThan(1)
  expect(client.chunks.every((size) => size % 100 === 0)).toBe(true)
  expect(toxic.firstBite()).toBeDefined()
})

test('the variation is drawn for each piece', async () => {
  const draws = [0, 0, 0.9999, 0.5]
  await using rig = await openRig({ random: () => draws.shift() ?? 0.5 })
  const { client, server } = await rig.dial()
  rig.link.add({
    type: 'slicer',
    attributes: { average_size: 100, size_variation: 50, delay: 80_000 },
  })
  server.socket.write(randomBytes(300))
  await client.has(300)
  // The first draw decides about toxicity. The pieces: 100 - 50, 100 + 50, 100.
  expect(client.chunks).toEqual([50, 150, 100])
})

test('delays below a millisecond are saved up, not rounded up', async () => {
  await using rig = await openRig()
  const { client, server } = await rig.dial()
  rig.link.add({ type: 'slicer', attributes: { average_size: 1, delay: 10 } })
  const before = performance.now()
  server.socket.write(randomBytes(5000))
  await client.has(5000)
  expect(performance.now() - before).toBeLessThan(5000 * 0.9)
})

test('a small chunk without delay is left alone', async () => {
  await using rig = await openRig()
  const { client, server } = await rig.dial()
  const toxic = rig.link.add({ type: 'slicer', attributes: { average_size: 100 } })
  server.socket.write('small')
  await client.has(5)
  expect(toxic.firstBite()).toBeUndefined()
})

test('no byte is lost', () =>
  expectNoByteLost({
    type: 'slicer',
    attributes: { average_size: 200, size_variation: 199, delay: 100 },
  }))

test('no byte is lost that is held when it is taken away', () =>
  expectNoByteLost({ type: 'slicer', attributes: { average_size: 1, delay: 600_000_000 } }))
