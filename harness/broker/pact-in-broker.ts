import type { ContractFile } from './publish-contracts.ts'
import { essence } from './essence.ts'
import type { Broker } from './client.ts'
import { findLink, linkOf, linksOf, type Resource } from './hal.ts'
import { isDeepStrictEqual } from 'node:util'

/** The broker's own links for the results of one contract. */
export interface ResultLinks {
  readonly link: string
  readonly latest: string | undefined
}

const linksFor = (pact: Resource): ResultLinks => ({
  link: linkOf(pact, 'pb:publish-verification-results'),
  latest: findLink(pact, 'pb:latest-verification-results'),
})

const asResource = (broker: Broker, text: string): Resource => ({
  url: broker.url,
  status: 200,
  value: JSON.parse(text),
  text,
})

/**
 * Where results of a contract go. One that was fetched says so itself; of one that lies in the
 * repository the broker is asked for the same content, under the version that is published.
 * `undefined` where the broker does not have it.
 */
export const pactInBroker = async (
  broker: Broker,
  { contract, text }: ContractFile,
  version: string,
): Promise<ResultLinks | undefined> => {
  const own = asResource(broker, text)
  if (findLink(own, 'pb:publish-verification-results') !== undefined) return linksFor(own)
  const index = await broker.index()
  const values = { pacticipant: contract.consumer, version }
  const consumer = await broker.find(linkOf(index, 'pb:pacticipant-version', values))
  if (consumer === undefined) return undefined
  for (const { href } of linksOf(consumer, 'pb:pact-versions')) {
    const pact = await broker.get(href)
    if (isDeepStrictEqual(essence(pact.value), essence(own.value))) return linksFor(pact)
  }
  return undefined
}
