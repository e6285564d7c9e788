import { millisecondsMax, type Toxic } from './shape.ts'

/** Resets both sides (TCP RST) `timeout` after the first byte, or the sender's close, has come. */
export const resetPeer: Toxic<'timeout'> = {
  type: 'reset_peer',
  attributes: { timeout: { unit: 'ms', min: 0, max: millisecondsMax, default: 0 } },
  run: async (flow, { timeout }) => {
    const first = await flow.read()
    if (first === 'stopped') return
    await flow.wait(timeout)
    if (!flow.stopped) {
      flow.bite()
      flow.reset()
    } else if (typeof first === 'object') {
      await flow.write(first.bytes)
    }
  },
}
