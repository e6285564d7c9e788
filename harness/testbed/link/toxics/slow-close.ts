import { millisecondsMax, type Toxic } from './shape.ts'

/** The sender's close reaches the other side `delay` later. */
export const slowClose: Toxic<'delay'> = {
  type: 'slow_close',
  attributes: { delay: { unit: 'ms', min: 0, max: millisecondsMax } },
  run: async (flow, { delay }) => {
    for await (const { bytes } of flow) await flow.write(bytes)
    if (!flow.ended || delay === 0) return
    flow.bite()
    await flow.wait(delay)
  },
}
