import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LiveToxic } from './link.ts'
import type { Peer } from './testing/peer.ts'
import { echo, openRig } from './testing/rig.ts'
import type { ToxicSpecification } from './toxic.ts'

const specifications: fc.Arbitrary<ToxicSpecification> = fc
  .tuple(
    fc.constantFrom<Omit<ToxicSpecification, 'stream'>>(
      { type: 'latency', attributes: { latency: 2, jitter: 3 } },
      { type: 'latency', attributes: { latency: 600_000 } },
      { type: 'down' },
      { type: 'down', toxicity: 0.5 },
      { type: 'bandwidth', attributes: { rate: 10 } },
      { type: 'slow_close', attributes: { delay: 5 } },
      { type: 'timeout', attributes: { timeout: 0 } },
      { type: 'timeout', attributes: { timeout: 2 } },
      { type: 'reset_peer', toxicity: 0.5 },
      { type: 'slicer', attributes: { average_size: 7, size_variation: 3, delay: 10 } },
      { type: 'limit_data', attributes: { bytes: 500 } },
    ),
    fc.constantFrom('upstream' as const, 'downstream' as const),
  )
  .map(([specification, stream]) => Object.assign({ stream }, specification))

const actions = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ kind: 'dial' } as const) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('write' as const), bytes: fc.nat(100_000) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('add' as const), specification: specifications }),
  },
  fc.record({
    kind: fc.constantFrom('end', 'reset', 'destroy', 'remove', 'close connections', 'turn'),
  }),
)

test('whatever happens on it, nothing is thrown, nothing is left, and it works again', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(actions, { maxLength: 25 }), async (script) => {
      await using rig = await openRig({ serve: echo })
      const peers: Peer[] = []
      const live: LiveToxic[] = []
      const removals: Promise<void>[] = []
      for (const action of script) {
        const socket = peers.at(-1)?.socket
        if (action.kind === 'dial') peers.push(rig.dialAlone())
        else if (action.kind === 'add') live.push(rig.link.add(action.specification))
        else if (action.kind === 'write') {
          if (socket?.writable === true) socket.write(Buffer.alloc(action.bytes, 1))
        } else if (action.kind === 'end') socket?.end()
        else if (action.kind === 'reset') socket?.resetAndDestroy()
        else if (action.kind === 'destroy') peers.shift()?.socket.destroy()
        else if (action.kind === 'remove')
          removals.push(live.shift()?.remove() ?? Promise.resolve())
        else if (action.kind === 'turn') await new Promise((resolve) => setImmediate(resolve))
        else await rig.link.closeConnections()
      }
      await Promise.all(removals)
      await rig.link.reset()
      const { client } = await rig.dial()
      client.socket.end('alive')
      expect(String(await client.ended)).toBe('alive')
      await rig.link.close()
      expect(rig.link.connections()).toBe(0)
    }),
    { numRuns: 150 },
  )
})
