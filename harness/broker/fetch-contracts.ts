import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ValidConfig } from '../config/schema.ts'
import { shownName } from '../contract/shown-name.ts'
import { readContract } from '../contract/read/read.ts'
import { UserError } from '../model/user-error.ts'
import { BrokerError } from './broker-error.ts'
import type { Broker } from './client.ts'
import { legible } from './legible.ts'
import { safeName } from './safe-name.ts'
import { verifiablePacts, type VerifiablePact } from './verifiable-pacts.ts'

/** Where contracts lie that were fetched, relative to the project's root. */
export const fetchedFolder = '.proofbook/contracts'

/** A contract of a broker that is a file now. */
export interface FetchedContract extends VerifiablePact {
  /** Relative to the project's root. */
  readonly file: string
  readonly consumer: string
}

interface Fetched extends FetchedContract {
  readonly text: string
}

const fetchOne = async (
  broker: Broker,
  pact: VerifiablePact,
  folder: string,
  provider: string | undefined,
): Promise<Fetched> => {
  const { text } = await broker.get(pact.url)
  const whole = legible(text)
  const contract = readContract(pact.url, whole)
  if (provider !== undefined && contract.provider !== provider)
    throw new BrokerError(
      {
        problem: `the broker gives a contract of the provider "${shownName(contract.provider)}" at ${pact.url}`,
        expected: `one of "${provider}", which was asked for`,
      },
      { refused: false },
    )
  const file = `${folder}/${safeName(contract.consumer, pact.url)}`
  return { ...pact, file, consumer: shownName(contract.consumer), text: whole }
}

/** Puts all in place at once: what was there before is another answer of the broker. */
const store = async (root: string, folder: string, all: readonly Fetched[]): Promise<void> => {
  const draft = join(root, `${folder}.${process.pid}.part`)
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft, { recursive: true })
  for (const { file, text } of all)
    await writeFile(join(draft, file.slice(folder.length + 1)), text)
  await rm(join(root, folder), { recursive: true, force: true })
  await rename(draft, join(root, folder))
}

const nothingThere = (integration: string, provider: string): UserError =>
  new UserError({
    problem: `integrations.${integration}.contracts: the broker has no contract for "${provider}" that the selectors choose`,
    expected: 'at least one: a run without contracts proves nothing',
    fix: 'look at the provider’s page in the broker, and choose other selectors',
  })

/**
 * Fetches the contracts that an integration's selectors choose into files below `.proofbook/`, which
 * take the place of those of the last time. Names come from the broker, so none is used as a path.
 *
 * Throws a `BrokerError`, and a `UserError` where there is none or one cannot be read.
 */
export const fetchContracts = async (
  broker: Broker,
  root: string,
  {
    config,
    integration,
    branch,
  }: {
    readonly config: ValidConfig
    readonly integration: string
    readonly branch: string | undefined
  },
): Promise<readonly FetchedContract[]> => {
  const {
    contracts,
    provider: { name: provider = integration },
  } = config.integrations[integration] ?? { provider: {} }
  if (contracts === undefined || typeof contracts === 'string' || Array.isArray(contracts))
    return []
  const pacts = await verifiablePacts(broker, provider, contracts.broker, branch)
  if (pacts.length === 0) throw nothingThere(integration, provider)
  const folder = `${fetchedFolder}/${integration}`
  const all: Fetched[] = []
  for (const pact of pacts) all.push(await fetchOne(broker, pact, folder, provider))
  await store(root, folder, all)
  return all.map(({ url, pending, wip, why, file, consumer }) => ({
    url,
    pending,
    wip,
    why,
    file,
    consumer,
  }))
}

/** Where the contract lies that a webhook asked for. */
export const webhookFolder = `${fetchedFolder}/webhook`

/**
 * Fetches the one contract that a webhook of the broker names (`PACT_URL`).
 *
 * Throws a `BrokerError`, also for an address that is not the broker's.
 */
export const fetchByUrl = async (
  broker: Broker,
  root: string,
  url: string,
): Promise<FetchedContract> => {
  const pact = { url, pending: false, wip: false, why: 'PACT_URL' }
  const one = await fetchOne(broker, pact, webhookFolder, undefined)
  await store(root, webhookFolder, [one])
  return one
}
