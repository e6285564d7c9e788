import { glob } from 'tinyglobby'
import type { Broker } from '../broker/client.ts'
import {
  fetchByUrl,
  fetchContracts,
  webhookFolder,
  type FetchedContract,
} from '../broker/fetch-contracts.ts'
import { gitState } from '../broker/git.ts'
import { revisionOf } from '../broker/revision.ts'
import { brokerSettings, type BrokerSettings, type Environment } from '../broker/settings.ts'
import type { LoadedConfig } from '../config/load.ts'
import { UserError } from '../model/user-error.ts'
import { discover, fromBroker, type Discovered, type RootFile } from './roots.ts'

/** All that is a test of a run: what lies in the repository, and what a broker has. */
export interface Collected extends Discovered {
  /** Nothing else is looked at, whatever the configuration names. */
  readonly only: boolean
  /** Contracts that may fail without making the run red. */
  readonly pending: readonly string[]
  /** What was fetched and what it is, one line each. */
  readonly notices: readonly string[]
  /** Why contracts could not be fetched: the rest runs, and the run is red. */
  readonly problems: readonly string[]
}

/** How contracts of a broker are collected. */
export interface CollectOptions {
  /** Nothing is fetched where only results are merged: what the shards had counts. */
  readonly merging?: boolean
  /** Work in progress since this day is asked for, whatever the configuration says. */
  readonly since?: string | undefined
}

/** Few runs ask a broker, and its client takes a while to load: the others do without. */
const openBroker = async (settings: BrokerSettings): Promise<Broker> =>
  (await import('../broker/client.ts')).openBroker(settings)

const noticeOf = ({ consumer, pending, wip, why, file }: FetchedContract): string => {
  const kind = wip ? ', work in progress' : pending ? ', pending' : ''
  return `fetched   ${file}: ${consumer}${kind}${why === '' ? '' : ` (${why})`}`
}

const branchOf = async (root: string, environment: Environment): Promise<string | undefined> => {
  const git = await gitState(root)
  // Which version it is only matters where something is published.
  return revisionOf({ version: 'any' }, environment, git).branch?.value
}

const withSince = (loaded: LoadedConfig, since: string | undefined): LoadedConfig['config'] => {
  if (since === undefined) return loaded.config
  const integrations = Object.entries(loaded.config.integrations).map(([name, integration]) => {
    const broker = fromBroker(integration)
    if (broker === undefined) return [name, integration] as const
    const contracts = {
      ...broker,
      broker: { ...broker.broker, includeWipPactsSince: since },
    }
    return [name, { ...integration, contracts }] as const
  })
  return { ...loaded.config, integrations: Object.fromEntries(integrations) }
}

interface FetchedAll {
  readonly fetched: readonly FetchedContract[]
  readonly problems: readonly string[]
}

/** Fetches for all integrations that want it; what fails for one is said and stops no other. */
const fetchAll = async (
  loaded: LoadedConfig,
  environment: Environment,
  since: string | undefined,
): Promise<FetchedAll> => {
  const config = withSince(loaded, since)
  const wanted = Object.entries(config.integrations).flatMap(([name, integration]) =>
    fromBroker(integration) === undefined ? [] : [name],
  )
  if (wanted.length === 0) return { fetched: [], problems: [] }
  const fetched: FetchedContract[] = []
  const problems: string[] = []
  await using broker = await openBroker(brokerSettings(config.broker, environment, loaded.root))
  const branch = await branchOf(loaded.root, environment)
  for (const integration of wanted)
    try {
      fetched.push(...(await fetchContracts(broker, loaded.root, { config, integration, branch })))
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      problems.push(
        `The contracts of ${integration} could not be fetched; those of the last time are replayed, if there are any.\n${error.message}`,
      )
    }
  return { fetched, problems }
}

/** The broker that is named, else the one whose webhook it is. */
const settingsFor = (
  url: string,
  { root, config }: LoadedConfig,
  environment: Environment,
): BrokerSettings => {
  if (!URL.canParse(url))
    throw new UserError({
      problem: 'PACT_URL is no address',
      expected: 'the address of a contract in the broker, as its webhook gives it',
    })
  const named = config.broker?.url ?? environment['PACT_BROKER_BASE_URL']
  const own = named === undefined ? { url: new URL(url).origin } : {}
  return brokerSettings({ ...config.broker, ...own }, environment, root)
}

/** These files and nothing else. */
export const nothingBut = (
  roots: readonly RootFile[],
  notices: readonly string[] = [],
): Collected => ({
  roots,
  only: true,
  ignored: [],
  unusable: [],
  pending: [],
  problems: [],
  notices,
})

const asContracts = (files: readonly string[]): readonly RootFile[] =>
  files.map((file) => ({ kind: 'contract', file }))

const ofWebhook = async (
  loaded: LoadedConfig,
  environment: Environment,
  { url, merging }: { readonly url: string; readonly merging: boolean },
): Promise<Collected> => {
  const { root } = loaded
  if (merging)
    return nothingBut(asContracts(await glob([`${webhookFolder}/*.json`], { cwd: root })))
  await using broker = await openBroker(settingsFor(url, loaded, environment))
  const one = await fetchByUrl(broker, root, url)
  return nothingBut(asContracts([one.file]), [noticeOf(one)])
}

/**
 * Finds all files that are tests, having fetched the contracts that the configuration wants from the
 * broker; with `PACT_URL` in the environment nothing but the contract that it names.
 *
 * Throws a `UserError` where that one cannot be had.
 */
export const collect = async (
  loaded: LoadedConfig,
  environment: Environment,
  { merging = false, since }: CollectOptions = {},
): Promise<Collected> => {
  const url = environment['PACT_URL'] ?? ''
  if (url !== '') return ofWebhook(loaded, environment, { url, merging })
  const { fetched, problems } = merging
    ? { fetched: [], problems: [] }
    : await fetchAll(loaded, environment, since)
  return {
    ...(await discover(loaded.root, loaded.config)),
    only: false,
    pending: fetched.filter(({ pending }) => pending).map(({ file }) => file),
    notices: fetched.map(noticeOf),
    problems,
  }
}
