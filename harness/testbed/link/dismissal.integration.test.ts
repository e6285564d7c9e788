import { expect, test, vi } from 'vitest'
import { echo, openRig } from './testing/rig.ts'

test('a dismissed connection is gone when the client has closed its own end, not before', async () => {
  await using rig = await openRig({ serve: echo })
  const { client, server } = await rig.dial()
  client.socket.write('question')
  await client.has(8)
  const dismissal = rig.link.dismissConnections()
  let gone = false
  void dismissal.gone.then(() => {
    gone = true
    return gone
  })
  await Promise.all([client.ended, server.closed])
  // What a pool does that finds out only at the next use.
  client.socket.write('is anybody there?')
  expect([dismissal.left(), gone]).toEqual([1, false])
  client.socket.end()
  await dismissal.gone
  expect([dismissal.left(), rig.link.connections()]).toEqual([0, 0])
})

test('a client that resets its end lets go as well', async () => {
  await using rig = await openRig()
  const { client } = await rig.dial()
  const dismissal = rig.link.dismissConnections()
  await client.ended
  client.socket.resetAndDestroy()
  await dismissal.gone
})

test('of those in flight only the ones that wait for an answer are dismissed', async () => {
  await using rig = await openRig()
  const [asked, answered, silent] = [await rig.dial(), await rig.dial(), await rig.dial()]
  asked.client.socket.write('?')
  await asked.server.has(1)
  answered.client.socket.write('?')
  await answered.server.has(1)
  answered.server.socket.write('!')
  await answered.client.has(1)
  const dismissal = rig.link.dismissConnections('in flight')
  expect(dismissal.left()).toBe(1)
  asked.client.socket.end()
  await dismissal.gone
  await asked.client.ended
  for (const { client, server } of [answered, silent]) {
    client.socket.write('?')
    server.socket.write('!')
    await Promise.all([server.has(1), client.has(1)])
  }
})

test('where nothing is connected nothing is waited for', async () => {
  await using rig = await openRig()
  const dismissal = rig.link.dismissConnections()
  await dismissal.gone
  expect(dismissal.left()).toBe(0)
})

test('while a link holds, new connections wait, and get through to where it leads then', async () => {
  await using first = await openRig({ serve: (socket) => socket.write('first') })
  await using second = await openRig({ serve: (socket) => socket.write('second') })
  const [letGo, letGoToo] = [first.link.hold(), first.link.hold()]
  const client = first.dialAlone()
  await vi.waitFor(() => expect(first.link.waiting()).toBe(1))
  first.link.retarget({ host: second.link.host, port: second.link.port })
  letGo()
  letGo()
  expect(first.link.waiting()).toBe(1)
  letGoToo()
  expect(String(await client.has(6))).toBe('second')
  expect(first.link.waiting()).toBe(0)
})

test('what waits is closed with the link', async () => {
  await using rig = await openRig()
  rig.link.hold()
  const client = rig.dialAlone()
  await vi.waitFor(() => expect(rig.link.waiting()).toBe(1))
  await rig.link.close()
  await client.ended
})
