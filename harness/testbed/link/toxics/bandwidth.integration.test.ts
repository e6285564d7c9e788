import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { expectNoByteLost } from '../testing/no-byte-lost.ts'
import { openRig } from '../testing/rig.ts'
import { moreThanBuffers, writeUntilStalled } from '../testing/write-until-stalled.ts'

test('bytes pass at the rate, which is in kB of 1000 bytes', async () => {
  await using rig = await openRig()
  const { client, server } = await rig.dial()
  const toxic = rig.link.add({ type: 'bandwidth', attributes: { rate: 500 } })
  const before = performance.now()
  server.socket.write(randomBytes(200_000))
  await client.has(200_000)
  const milliseconds = performance.now() - before
  expect(milliseconds).toBeGreaterThanOrEqual(399)
  expect(milliseconds).toBeLessThan(2000)
  expect(toxic.firstBite()).toBeDefined()
})

test('a low rate flows in pieces of a tenth of a second', async () => {
  await using rig = await openRig()
  const { client, server } = await rig.dial()
  rig.link.add({ type: 'bandwidth', attributes: { rate: 10 } })
  server.socket.write(randomBytes(3000))
  await client.has(3000)
  expect(client.chunks.length).toBeGreaterThanOrEqual(3)
  expect(Math.max(...client.chunks)).toBeLessThanOrEqual(1000)
})

test('the other direction is free', async () => {
  await using rig = await openRig()
  const { client, server } = await rig.dial()
  const toxic = rig.link.add({ type: 'bandwidth', stream: 'upstream', attributes: { rate: 1 } })
  server.socket.write(randomBytes(1_000_000))
  await client.has(1_000_000)
  expect(toxic.firstBite()).toBeUndefined()
})

test('the writer is slowed down', async () => {
  await using rig = await openRig()
  const { server } = await rig.dial()
  rig.link.add({ type: 'bandwidth', attributes: { rate: 1 } })
  expect(await writeUntilStalled(server.socket)).toBeLessThan(moreThanBuffers)
})

test('no byte is lost', () => expectNoByteLost({ type: 'bandwidth', attributes: { rate: 2000 } }))

test('no byte is lost that is held when it is taken away', () =>
  expectNoByteLost({ type: 'bandwidth', attributes: { rate: 1 } }))
