import { millisecondsMax, type Toxic } from './shape.ts'

/**
 * Each chunk leaves `latency` ± `jitter` after it came, in order. A distance, not a bottleneck: many
 * chunks are under way at once, up to 4 MiB (about what a TCP window holds on a long path).
 */
export const latency: Toxic<'latency' | 'jitter'> = {
  type: 'latency',
  attributes: {
    latency: { unit: 'ms', min: 0, max: millisecondsMax },
    jitter: { unit: 'ms', min: 0, max: millisecondsMax, default: 0 },
  },
  waitingBytesMax: 4 * 1024 * 1024,
  run: async (flow, { latency, jitter }) => {
    for await (const { bytes, at } of flow) {
      const delay = latency + jitter * (2 * flow.random() - 1)
      if (delay > 0) flow.bite()
      await flow.wait(at + delay - performance.now())
      await flow.write(bytes)
    }
  },
}
