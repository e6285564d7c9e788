import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import type { Contract } from '../contract/contract.ts'
import type { Broker } from './client.ts'
import { findLink, linkOf, type Resource } from './hal.ts'
import type { Merged } from './merged-verdicts.ts'
import type { ResultsBody, ResultsParcel } from './outbox.ts'
import type { ResultLinks } from './pact-in-broker.ts'
import type { Revision } from './revision.ts'
import { branchesOf, notTaken } from './taken.ts'

/** What results are posted of, and for whom. */
export interface ResultsRequest {
  readonly contract: Contract
  readonly links: ResultLinks
  readonly merged: Extract<Merged, { readonly success: boolean }>
  readonly revision: Revision
  /** The version of Proofbook. */
  readonly proofbook: string
}

/** What is sent: the verdict of the whole, and what each interaction came to. */
export const resultsParcel = ({
  contract,
  links: { link, latest },
  merged: { success, interactions },
  revision: { version, branch, build },
  proofbook,
}: ResultsRequest): ResultsParcel => ({
  kind: 'results',
  consumer: contract.consumer,
  provider: contract.provider,
  link,
  ...(latest === undefined ? {} : { latest }),
  ...(branch === undefined ? {} : { branch: branch.value }),
  body: {
    success,
    providerApplicationVersion: version.value,
    ...(build === undefined ? {} : { buildUrl: build.value }),
    verifiedBy: { implementation: 'Proofbook', version: proofbook },
    testResults: {
      tests: interactions.map(({ description, brokersId, result: { verdict } }) => ({
        ...(brokersId === undefined ? {} : { interactionId: brokersId }),
        interactionDescription: description,
        success: verdict === 'verified',
        verdict,
      })),
    },
  },
})

const held = z.looseObject({
  success: z.boolean(),
  providerApplicationVersion: z.string(),
  buildUrl: z.string().nullish(),
  testResults: z.unknown(),
})

const isTheSame = (resource: Resource | undefined, body: ResultsBody): boolean => {
  const parsed = held.safeParse(resource?.value)
  if (!parsed.success) return false
  const { success, providerApplicationVersion, buildUrl, testResults } = parsed.data
  return (
    success === body.success &&
    providerApplicationVersion === body.providerApplicationVersion &&
    (buildUrl ?? undefined) === body.buildUrl &&
    isDeepStrictEqual(testResults, body.testResults)
  )
}

/** The branch is said before the result: what is pending is decided by branches. */
const sayBranch = async (
  broker: Broker,
  { provider, branch, body }: ResultsParcel,
): Promise<void> => {
  if (branch === undefined) return
  const version = body.providerApplicationVersion
  const index = await broker.index()
  const pacticipant = await broker.get(linkOf(index, 'pb:pacticipant', { pacticipant: provider }))
  const answer = await broker.send(
    'PUT',
    linkOf(pacticipant, 'pb:branch-version', { branch, version }),
    {},
  )
  const written = await broker.get(linkOf(answer, 'pb:version'))
  if (!branchesOf(written).includes(branch))
    throw notTaken(
      `the broker does not say that version ${version} of ${provider} is of the branch ${branch}`,
    )
}

/** Whether a result was sent now, or was there already. */
export type ResultsSent = 'published' | 'unchanged'

/**
 * Posts the verdict of a contract once, to the broker's own link, and asks the broker whether it has
 * it. The same again changes nothing, also where the first answer got lost.
 *
 * Throws a `BrokerError`.
 */
export const publishResults = async (
  broker: Broker,
  parcel: ResultsParcel,
): Promise<ResultsSent> => {
  const { body, link, latest, consumer, provider } = parcel
  const already = async (): Promise<Resource | undefined> => {
    const last = latest === undefined ? undefined : await broker.find(latest)
    return isTheSame(last, body) ? last : undefined
  }
  await sayBranch(broker, parcel)
  if ((await already()) !== undefined) return 'unchanged'
  const answer = await broker.send('POST', link, body, { taken: already })
  const self = findLink(answer, 'self')
  const written = self === undefined ? undefined : await broker.find(self)
  if (!isTheSame(written, body))
    throw notTaken(
      `the broker does not have the result of ${consumer} and ${provider} that was sent`,
    )
  return 'published'
}
