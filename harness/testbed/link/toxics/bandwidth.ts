import type { Toxic } from './shape.ts'

/** No piece is longer than what may pass in this time, so that a low rate flows and does not jump. */
const pieceMilliseconds = 100

/** At most `rate` kB (1000 bytes) a second. */
export const bandwidth: Toxic<'rate'> = {
  type: 'bandwidth',
  attributes: { rate: { unit: 'kB/s', min: 1, max: 1_000_000_000 } },
  run: async (flow, { rate }) => {
    const pieceBytes = rate * pieceMilliseconds
    // Timers fire late; what was slept too much is owed to the next piece, or the rate would sink.
    let owed = 0
    for await (const { bytes } of flow) {
      for (let start = 0; start < bytes.length; start += pieceBytes) {
        const piece = bytes.subarray(start, start + pieceBytes)
        owed += piece.length / rate
        const before = performance.now()
        if (owed > 0) flow.bite()
        await flow.wait(owed)
        owed -= performance.now() - before
        await flow.write(piece)
      }
    }
  },
}
