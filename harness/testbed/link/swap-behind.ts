import type { Swap } from '../swap.ts'
import type { LinkProxy } from './link.ts'

/** Ends connections through a link, and holds new ones until the swap is opened. */
const swapBehind = async (
  link: LinkProxy,
  which: 'all' | 'in flight',
  swap: () => Promise<void>,
): Promise<Swap> => {
  const open = link.hold()
  const dismissed = link.dismissConnections(which)
  try {
    await swap()
  } catch (error) {
    open()
    throw error
  }
  return {
    left: () => dismissed.left(),
    gone: dismissed.gone,
    waiting: () => link.waiting(),
    open,
  }
}

/** How a dependency is made fresh behind its link; not at all where it has none. */
export const renewedBehind = (
  link: LinkProxy | undefined,
  which: 'all' | 'in flight',
  swap: () => Promise<void>,
): { readonly renew?: () => Promise<Swap> } =>
  link === undefined ? {} : { renew: () => swapBehind(link, which, swap) }
