import { shownName } from '../contract/shown-name.ts'
import { BrokerError } from './broker-error.ts'
import type { Broker } from './client.ts'
import { keepInOutbox, removeFromOutbox, type Parcel } from './outbox.ts'
import { publishContracts } from './publish-contracts.ts'
import { publishResults } from './publish-results.ts'

/** What became of one parcel, in words. */
export interface Delivery {
  readonly lines: readonly string[]
  readonly published: boolean
}

/** What a parcel is about, for people. */
const subjectOf = (parcel: Parcel): string => {
  if (parcel.kind === 'results')
    return `${shownName(parcel.consumer)} and ${shownName(parcel.provider)}: ${parcel.body.success ? 'verified' : 'failed'}`
  const { pacticipantName, contracts } = parcel.body
  const providers = contracts.map(({ providerName }) => shownName(providerName)).join(', ')
  return `contracts of ${shownName(pacticipantName)} with ${providers}`
}

const send = async (broker: Broker, parcel: Parcel): Promise<readonly string[]> => {
  if (parcel.kind === 'results') {
    const sent = await publishResults(broker, parcel)
    return [`${sent === 'published' ? 'published' : 'unchanged'} ${subjectOf(parcel)}`]
  }
  const { url } = await publishContracts(broker, parcel.body)
  return [
    `published ${subjectOf(parcel)}`,
    ...(url === undefined ? [] : [`          ${broker.mask(url)}`]),
  ]
}

/**
 * Publishes one parcel. What could not be published, because the broker was down or not itself, is
 * kept in the outbox; what the broker refused is not, for it would refuse it again.
 *
 * Throws nothing that is the broker's fault: it is in the lines.
 */
export const deliver = async (broker: Broker, root: string, parcel: Parcel): Promise<Delivery> => {
  try {
    const lines = await send(broker, parcel)
    await removeFromOutbox(root, parcel)
    return { lines, published: true }
  } catch (error) {
    if (!(error instanceof BrokerError)) throw error
    const failed = `NOT published ${subjectOf(parcel)}\n${error.message}`
    if (error.refused) {
      await removeFromOutbox(root, parcel)
      return { lines: [failed], published: false }
    }
    const kept = await keepInOutbox(root, parcel)
    return {
      lines: [failed, `  kept in ${kept}; later: npx proofbook publish --outbox`],
      published: false,
    }
  }
}
