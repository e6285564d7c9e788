import type { Toxic } from './shape.ts'

/**
 * The dependency is gone. Connections that exist are closed, and new ones are refused: with
 * toxicity 1 nobody listens any more (clients see ECONNREFUSED), below that the share of new
 * connections is reset at once (ECONNRESET). Concerns both directions, whatever its stream.
 */
export const down: Toxic<never> = {
  type: 'down',
  attributes: {},
  refuses: true,
  run: async (flow) => {
    flow.bite()
    flow.cut()
  },
}
