import { connect } from 'node:net'
import type { Testbed } from '../../testbed/testbed.ts'
import type { FaultKind } from './fault-kind.ts'

/** The provider's process ends. */
export interface ProviderFault {
  readonly kind: 'provider'
  readonly does: 'killed' | 'restarted'
}

/** Whether something accepts connections where the provider should be. */
const listens = ({ description: { providerUrl } }: Testbed): Promise<boolean> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(providerUrl)
    const socket = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })

const words = ['provider, killed', 'provider, restarted'] as const

/** `provider, killed`: it ends at once and stays down. `provider, restarted`: it comes up again. */
export const providerFault: FaultKind<ProviderFault> = {
  kind: 'provider',
  words,
  runtimes: 'wherever the testbed starts the provider, not where it is given by its address',
  parse: (text) => {
    const match = /^,\s*(killed|restarted)[\s.]*$/i.exec(text)
    if (match === null)
      return {
        problem: {
          problem: `this is nothing that can be done to the provider: ${text.replace(/^,\s*/, '')}`,
          expected: words.join('; '),
        },
      }
    const does = match[1]?.toLowerCase() === 'killed' ? 'killed' : 'restarted'
    return { fault: { kind: 'provider', does } }
  },
  put: async (testbed, { does }) => {
    await testbed.killProvider()
    const bitAt = (await listens(testbed)) ? undefined : Date.now()
    const again = does === 'restarted' ? testbed.restartProvider() : undefined
    // Told when the fault is lifted; a restart that fails must not be lost before.
    again?.catch(() => {})
    return {
      firstBite: () => Promise.resolve(bitAt),
      lift: async () => {
        await again
        if (!(await listens(testbed))) await testbed.restartProvider()
      },
    }
  },
}
