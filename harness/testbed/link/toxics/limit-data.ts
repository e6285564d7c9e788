import type { Toxic } from './shape.ts'

/** Closes the connection once `bytes` have passed; what would come after them is lost. */
export const limitData: Toxic<'bytes'> = {
  type: 'limit_data',
  attributes: { bytes: { unit: 'bytes', min: 0, max: Number.MAX_SAFE_INTEGER } },
  run: async (flow, { bytes: limit }) => {
    let left = limit
    for await (const { bytes } of flow) {
      const passed = bytes.subarray(0, left)
      left -= passed.length
      if (passed.length > 0) await flow.write(passed)
      if (left > 0) continue
      flow.bite()
      flow.close()
      return
    }
  },
}
