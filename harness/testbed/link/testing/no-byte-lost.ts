import * as fc from 'fast-check'
import { expect } from 'vitest'
import type { LiveToxic } from '../link.ts'
import type { ToxicSpecification } from '../toxic.ts'
import { openRig } from './rig.ts'

/**
 * The law that every toxic keeps which does not drop bytes by its nature: put on and taken away in
 * the middle of a stream, however that is chunked, it neither loses, nor repeats, nor swaps a byte.
 */
export const expectNoByteLost = (specification: ToxicSpecification): Promise<void> =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ minLength: 1, maxLength: 3000 }), { minLength: 1, maxLength: 12 }),
      fc.nat(12),
      fc.nat(12),
      async (parts, addBefore, removeBefore) => {
        await using rig = await openRig()
        const { client, server } = await rig.dial()
        let toxic: LiveToxic | undefined
        for (const [index, part] of parts.entries()) {
          if (index === addBefore % parts.length) {
            toxic = rig.link.add({ ...specification, stream: 'upstream' })
          }
          if (index === removeBefore) await toxic?.remove()
          // A turn of the event loop makes it a chunk of its own.
          await new Promise((resolve) => client.socket.write(part, resolve))
          await new Promise((resolve) => setImmediate(resolve))
        }
        client.socket.end()
        await new Promise((resolve) => setImmediate(resolve))
        await toxic?.remove()
        const received = await server.ended
        expect(received.equals(Buffer.concat(parts))).toBe(true)
      },
    ),
    { numRuns: 25 },
  )
