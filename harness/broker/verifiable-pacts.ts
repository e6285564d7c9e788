import { z } from 'zod'
import type { BrokerContractsConfig } from '../config/broker-schema.ts'
import { UserError } from '../model/user-error.ts'
import { BrokerError } from './broker-error.ts'
import type { Broker } from './client.ts'
import { embedded, linkOf, type Resource } from './hal.ts'

/** A contract that the broker asks a provider to verify. */
export interface VerifiablePact {
  readonly url: string
  /** Nobody has verified it for this branch yet, so that its failure is nobody's fault. */
  readonly pending: boolean
  /** It is pending, and was not even selected: work in progress of a consumer. */
  readonly wip: boolean
  /** Why the broker names it, in its own words. */
  readonly why: string
}

const pact = z.looseObject({
  shortDescription: z.string().nullish(),
  verificationProperties: z
    .looseObject({ pending: z.boolean().optional(), wip: z.boolean().optional() })
    .optional(),
})

const answer = embedded(z.looseObject({ pacts: z.array(pact) }))

/** Selectors that every provider should verify, as Pact recommends them. */
const usualSelectors: NonNullable<BrokerContractsConfig['broker']['selectors']> = [
  { mainBranch: true },
  { deployedOrReleased: true },
]

const branchNeeded = (key: string): UserError =>
  new UserError({
    problem: `contracts.broker.${key} needs to know the provider's branch, and HEAD is on none`,
    expected: "a branch of git's, or a variable of the CI's that names one",
    fix: `check a branch out, or take ${key} out of the configuration`,
  })

/**
 * Asks the broker which contracts a provider must verify: by the selectors, and those that are pending
 * or work in progress for the provider's branch.
 *
 * Throws a `BrokerError`, and a `UserError` where a branch is needed and there is none.
 */
export const verifiablePacts = async (
  broker: Broker,
  provider: string,
  {
    selectors = usualSelectors,
    enablePending = false,
    includeWipPactsSince,
  }: BrokerContractsConfig['broker'],
  branch: string | undefined,
): Promise<readonly VerifiablePact[]> => {
  if (branch === undefined && includeWipPactsSince !== undefined)
    throw branchNeeded('includeWipPactsSince')
  if (branch === undefined && enablePending) throw branchNeeded('enablePending')
  const index = await broker.index()
  const link = linkOf(index, 'pb:provider-pacts-for-verification', { provider })
  const resource = await broker.send('POST', link, {
    consumerVersionSelectors: selectors,
    includePendingStatus: enablePending || includeWipPactsSince !== undefined,
    ...(branch === undefined ? {} : { providerVersionBranch: branch }),
    ...(includeWipPactsSince === undefined ? {} : { includeWipPactsSince }),
  })
  const parsed = answer.safeParse(resource.value)
  if (!parsed.success)
    throw new BrokerError(
      {
        problem: `the broker's answer of ${link} lists no contracts`,
        expected: 'an object with _embedded.pacts',
      },
      { refused: false },
    )
  return parsed.data.pacts.map((one) => {
    const inside: Resource = { url: resource.url, status: 200, value: one, text: '' }
    const { pending = false, wip = false } = one.verificationProperties ?? {}
    return {
      url: linkOf(inside, 'self'),
      pending: pending || wip,
      wip,
      why: one.shortDescription ?? '',
    }
  })
}
