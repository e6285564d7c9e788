import { millisecondsMax, type Toxic } from './shape.ts'

/**
 * Drops everything, and closes the connection when nothing came for `timeout`; 0: never. When it is
 * taken away the connection is closed, since bytes are missing from it.
 */
export const timeout: Toxic<'timeout'> = {
  type: 'timeout',
  attributes: { timeout: { unit: 'ms', min: 0, max: millisecondsMax, default: 0 } },
  run: async (flow, { timeout }) => {
    for (;;) {
      const arrival = await flow.read(timeout === 0 ? undefined : timeout)
      if (arrival === 'end') return
      if (arrival !== 'stopped') flow.bite()
      if (typeof arrival === 'object') continue
      flow.close()
      return
    }
  },
}
