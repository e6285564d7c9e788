import { deliver } from '../broker/deliver.ts'
import { fetchedFolder } from '../broker/fetch-contracts.ts'
import { digestOf, mergedVerdicts, type Merged } from '../broker/merged-verdicts.ts'
import { pactInBroker, type ResultLinks } from '../broker/pact-in-broker.ts'
import type { ContractFile } from '../broker/publish-contracts.ts'
import { resultsParcel } from '../broker/publish-results.ts'
import type { Revision, RevisionFlags } from '../broker/revision.ts'
import { readRunResults, runResultsFile, type RunResults } from '../broker/run-results.ts'
import { brokersVerdict, shadowLines, type Compared } from '../broker/shadow.ts'
import { UserError } from '../model/user-error.ts'
import { discover } from '../vitest/roots.ts'
import { saidRevision, say, type BrokerLine } from './broker-line.ts'
import { contractFiles } from './contract-files.ts'
import { version as proofbookVersion } from './version.ts'

interface Verdict extends ContractFile {
  readonly merged: Merged
}

/** Those that ran, and those of the broker that should have. */
const filesOf = async (
  { loaded }: BrokerLine,
  { interactions }: RunResults,
): Promise<readonly string[]> => {
  const roots = loaded === undefined ? [] : (await discover(loaded.root, loaded.config)).roots
  const fetched = roots
    .map(({ file }) => file)
    .filter((file) => file.startsWith(`${fetchedFolder}/`))
  const files = [...new Set([...interactions.map(({ file }) => file), ...fetched])].toSorted()
  if (files.length > 0) return files
  throw new UserError({
    problem: 'the last run put no interaction of a contract to a provider',
    place: { file: runResultsFile },
    fix: 'npx proofbook verify',
  })
}

const verdictsOf = async (line: BrokerLine, results: RunResults): Promise<readonly Verdict[]> => {
  const files = await contractFiles(line.root, await filesOf(line, results))
  return files.map((one) => ({
    ...one,
    merged: mergedVerdicts(one.contract, digestOf(one.text), results.interactions),
  }))
}

/** A result belongs to the code that ran, and to no other. */
const sameCode = (results: RunResults, flags: RevisionFlags, revision: Revision): void => {
  if (flags.version !== undefined) return
  if (results.url !== undefined)
    throw new UserError({
      problem: `the last run was against ${results.url}, and nobody says which version runs there`,
      fix: '--version VERSION',
    })
  const { value, from } = revision.version
  if (results.commit === undefined || !from.startsWith('git') || results.commit === value) return
  throw new UserError({
    problem: `the last run was of ${results.commit}, and the work tree is at ${value} now`,
    expected: 'results of the version that they are published under',
    fix: 'run again, or say it: --version VERSION',
  })
}

const pairOf = ({ contract }: ContractFile): string =>
  `${contract.consumer} and ${contract.provider}`

const notKnown = (one: ContractFile, revision: Revision): readonly string[] => [
  `NOT published ${pairOf(one)}: the broker has no such contract under version ${revision.version.value} of ${one.contract.consumer}`,
  `  fix: publish the contract first: npx proofbook publish ${one.contract.file}`,
]

const publishOne = async (
  { broker, root }: BrokerLine,
  one: Verdict,
  revision: Revision,
): Promise<boolean> => {
  const { contract, merged } = one
  if ('incomplete' in merged) {
    say([`NOT published ${pairOf(one)}: ${merged.incomplete}`, '  fix: run the whole contract'])
    return false
  }
  const links = await pactInBroker(broker, one, revision.version.value)
  if (links === undefined) {
    say(notKnown(one, revision))
    return false
  }
  const request = { contract, links, merged, revision, proofbook: proofbookVersion() }
  const { lines, published } = await deliver(broker, root, resultsParcel(request))
  say(lines)
  return published
}

/**
 * Publishes what the last run says of each contract as a whole. Nothing is run.
 *
 * Throws a `UserError` where there are no results, or those of other code. Resolves with whether all
 * was published.
 */
export const publishResultsOf = async (
  line: BrokerLine,
  flags: RevisionFlags,
): Promise<boolean> => {
  const results = await readRunResults(line.root)
  const revision = await saidRevision(line.root, flags)
  sameCode(results, flags, revision)
  let all = true
  for (const one of await verdictsOf(line, results))
    all = (await publishOne(line, one, revision)) && all
  return all
}

/** Compares what would be published with what the broker has; publishes nothing. */
export const shadowResultsOf = async (line: BrokerLine, flags: RevisionFlags): Promise<void> => {
  const results = await readRunResults(line.root)
  const revision = await saidRevision(line.root, flags)
  const compared: Compared[] = []
  for (const one of await verdictsOf(line, results)) {
    const { contract, merged } = one
    const { consumer, provider } = contract
    const links: ResultLinks | undefined = await pactInBroker(
      line.broker,
      one,
      revision.version.value,
    )
    if ('incomplete' in merged) say([`left out   ${pairOf(one)}: ${merged.incomplete}`])
    else {
      const brokers = await brokersVerdict(line.broker, links?.latest)
      const ours = merged.success
      compared.push({ consumer, provider, ours, ...(brokers === undefined ? {} : { brokers }) })
    }
  }
  say(shadowLines(compared))
}
