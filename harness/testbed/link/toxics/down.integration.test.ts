import { expect, test, vi } from 'vitest'
import { echo, openRig } from '../testing/rig.ts'

test('existing connections are closed, new ones are refused, until it is taken away', async () => {
  await using rig = await openRig({ serve: echo })
  const { client, server } = await rig.dial()
  const { port } = rig.link
  const toxic = rig.link.add({ type: 'down' })
  await Promise.all([client.ended, server.ended])
  expect(toxic.firstBite()).toBeDefined()
  expect(await rig.dialAlone().closed).toBe('ECONNREFUSED')
  await toxic.remove()
  expect(rig.link.port).toBe(port)
  const again = await rig.dial()
  again.client.socket.write('back')
  expect(String(await again.client.has(4))).toBe('back')
})

test('without a connection to close it bites with the first refusal', async () => {
  await using rig = await openRig()
  const toxic = rig.link.add({ type: 'down' })
  await vi.waitFor(() => expect(toxic.firstBite()).toBeDefined())
})

test('what is under way is lost: a held answer does not come', async () => {
  await using rig = await openRig({ serve: (socket) => socket.write('held') })
  const slow = rig.link.add({ type: 'latency', attributes: { latency: 600_000 } })
  const { client } = await rig.dial()
  await vi.waitFor(() => expect(slow.firstBite()).toBeDefined())
  rig.link.add({ type: 'down' })
  await client.ended
  expect(client.bytes()).toHaveLength(0)
})

test('two of them: the link is up again when both are gone', async () => {
  await using rig = await openRig({ serve: echo })
  const first = rig.link.add({ type: 'down' })
  rig.link.add({ type: 'down' })
  await first.remove()
  expect(await rig.dialAlone().closed).toBe('ECONNREFUSED')
  await rig.link.reset()
  await rig.dial()
})

test('put on and taken away many times at once, it ends as asked last', async () => {
  await using rig = await openRig({ serve: echo })
  const removals: Promise<void>[] = []
  for (let round = 0; round < 20; round += 1) {
    const toxic = rig.link.add({ type: 'down' })
    removals.push(toxic.remove())
  }
  await Promise.all(removals)
  await rig.dial()
  rig.link.add({ type: 'down' })
  expect(await rig.dialAlone().closed).toBe('ECONNREFUSED')
})

test('with a toxicity, its share of new connections is reset', async () => {
  const draws = [0.1, 0.9]
  await using rig = await openRig({ serve: echo, random: () => draws.shift() ?? 0.1 })
  const toxic = rig.link.add({ type: 'down', toxicity: 0.5 })
  expect(toxic.firstBite()).toBeUndefined()
  expect(await rig.dialAlone().closed).toBe('ECONNRESET')
  expect(toxic.firstBite()).toBeDefined()
  const { client } = await rig.dial()
  client.socket.write('through')
  await client.has(7)
})
