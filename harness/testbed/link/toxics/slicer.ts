import { millisecondsMax, type Toxic } from './shape.ts'

/**
 * Cuts chunks into pieces of about `average_size` ± `size_variation` bytes, each of which leaves
 * `delay` after the one before.
 */
export const slicer: Toxic<'average_size' | 'size_variation' | 'delay'> = {
  type: 'slicer',
  attributes: {
    average_size: { unit: 'bytes', min: 1, max: 1_000_000_000 },
    size_variation: { unit: 'bytes', min: 0, max: 1_000_000_000, default: 0 },
    delay: { unit: 'µs', min: 0, max: millisecondsMax * 1000, default: 0 },
  },
  problem: ({ average_size, size_variation }) =>
    size_variation < average_size ? undefined : '"size_variation" must be below "average_size"',
  run: async (flow, { average_size, size_variation, delay }) => {
    // Timers know no fractions of a millisecond: shorter delays are saved up and waited together.
    let owed = 0
    for await (const { bytes } of flow) {
      let start = 0
      while (start < bytes.length) {
        const variation = Math.round(size_variation * (2 * flow.random() - 1))
        const size = flow.stopped ? bytes.length : average_size + variation
        const piece = bytes.subarray(start, start + size)
        if (piece.length < bytes.length || delay > 0) flow.bite()
        start += piece.length
        await flow.write(piece)
        owed += delay / 1000
        if (owed < 1) continue
        const before = performance.now()
        await flow.wait(owed)
        owed -= performance.now() - before
      }
    }
  },
}
