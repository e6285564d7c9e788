import type { ToxicSpecification } from '../../testbed/link/toxic.ts'
import type { Link } from '../../testbed/testbed.ts'

/** A link that a provider in this process asks instead of going through it. */
export interface FakeLink extends Link {
  /** Traffic: whether a toxic is in force; if so, it has bitten. */
  touch(): boolean
  readonly added: readonly ToxicSpecification[]
}

export const makeFakeLink = (name: string): FakeLink => {
  const added: ToxicSpecification[] = []
  let inForce = 0
  let bitAt: number | undefined
  return {
    name,
    added,
    touch: () => {
      if (inForce > 0) bitAt ??= Date.now()
      return inForce > 0
    },
    add: async (specification) => {
      added.push(specification)
      inForce += 1
      return {
        specification,
        firstBite: async () => bitAt,
        remove: async () => {
          inForce = Math.max(0, inForce - 1)
        },
      }
    },
    reset: async () => {
      inForce = 0
    },
  }
}
