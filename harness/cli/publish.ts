import { deliver } from '../broker/deliver.ts'
import { fetchedFolder } from '../broker/fetch-contracts.ts'
import { readOutbox, type Parcel } from '../broker/outbox.ts'
import { contractParcels } from '../broker/publish-contracts.ts'
import type { RevisionFlags } from '../broker/revision.ts'
import type { LoadedConfig } from '../config/load.ts'
import { UserError } from '../model/user-error.ts'
import { discover } from '../vitest/roots.ts'
import { openLine, saidRevision, say, type BrokerLine } from './broker-line.ts'
import { contractFiles } from './contract-files.ts'
import { publishResultsOf, shadowResultsOf } from './publish-results.ts'

interface PublishOptions extends RevisionFlags {
  readonly results?: boolean
  readonly shadow?: boolean
  readonly outbox?: boolean
}

/** What is published where nobody names a file: all contracts but those that came from a broker. */
const ownContracts = async (loaded: LoadedConfig | undefined): Promise<readonly string[]> => {
  const roots = loaded === undefined ? [] : (await discover(loaded.root, loaded.config)).roots
  const files = roots
    .filter(({ kind, file }) => kind === 'contract' && !file.startsWith(`${fetchedFolder}/`))
    .map(({ file }) => file)
  if (files.length > 0) return files
  throw new UserError({
    problem: 'there is no contract that could be published',
    expected: 'contracts in contracts/, or named by the configuration or the command line',
    fix: 'npx proofbook publish contracts/web-orders-api.json',
  })
}

const deliverAll = async (
  { broker, root }: BrokerLine,
  parcels: readonly Parcel[],
): Promise<boolean> => {
  let all = true
  for (const parcel of parcels) {
    const { lines, published } = await deliver(broker, root, parcel)
    say(lines)
    all &&= published
  }
  return all
}

const publishFiles = async (
  line: BrokerLine,
  files: readonly string[],
  options: PublishOptions,
): Promise<boolean> => {
  const named = files.length === 0 ? await ownContracts(line.loaded) : files
  const contracts = await contractFiles(line.root, named)
  const revision = await saidRevision(line.root, options)
  return deliverAll(line, contractParcels(contracts, revision))
}

const sendOutbox = async (line: BrokerLine): Promise<boolean> => {
  const parcels = await readOutbox(line.root)
  if (parcels.length === 0) say(['nothing waits in .proofbook/outbox'])
  return deliverAll(line, parcels)
}

const onlyOne = (files: readonly string[], { results, shadow, outbox }: PublishOptions): void => {
  const modes = [
    results || shadow ? '--results' : '',
    outbox ? '--outbox' : '',
    ...files.slice(0, 1),
  ]
  const given = modes.filter((mode) => mode !== '')
  if (given.length > 1)
    throw new UserError({
      problem: `${given.join(' and ')} cannot be used together`,
      expected: 'contracts, --results or --outbox: each is published by a call of its own',
    })
}

/**
 * `proofbook publish`: contracts, the results of the last run, or what waits in the outbox. Exits
 * with 1 where anything was not published, or the broker does not have what it said yes to.
 */
export const publish = async (files: readonly string[], options: PublishOptions): Promise<void> => {
  onlyOne(files, options)
  await using line = await openLine()
  if (options.shadow === true) {
    await shadowResultsOf(line, options)
    return
  }
  const all = options.outbox
    ? await sendOutbox(line)
    : options.results
      ? await publishResultsOf(line, options)
      : await publishFiles(line, files, options)
  if (!all) process.exitCode = 1
}
