import { Command, InvalidArgumentError, Option } from 'commander'
import { UserError } from '../model/user-error.ts'
import { Blocked } from '../model/user-error.ts'
import { accept } from './accept.ts'
import { canIDeployCommand } from './can-i-deploy.ts'
import { publish } from './publish.ts'
import { recordDeployment, recordRelease } from './record-version.ts'
import { contracts } from './contracts.ts'
import { coverage } from './coverage.ts'
import { guideCheck } from './guide-check.ts'
import { guideImport } from './guide-import.ts'
import { printGuideWords } from './guide-words.ts'
import { guideWrite } from './guide-write.ts'
import { init, knownCis } from './init/init.ts'
import { states } from './states.ts'
import { types } from './types.ts'
import { unused } from './unused.ts'
import { up } from './up.ts'
import { verify } from './verify.ts'
import { version } from './version.ts'

const collect = (value: string, all: readonly string[]): readonly string[] => [...all, value]

const list = (flags: string, description: string): Option =>
  new Option(flags, description).argParser(collect).default([])

const pacticipant = ['--pacticipant <name>', 'the application; default: the only provider'] as const
const versionOption = ['--version <version>', "its version; default: the CI's, else git's"] as const

/** The commands that talk to a Pact Broker. */
const withBroker = (root: Command): void => {
  root
    .command('publish')
    .description('publish contracts, or with --results what the last run says of them')
    .argument('[file...]', 'contracts; default: all that the config names')
    .option(...versionOption)
    .option('--branch <name>', "its branch; default: the CI's, else git's")
    .option('--build-url <url>', "the link to the build or the report; default: the CI's")
    .option('--results', 'publish the verdicts of the last run, or of the merge of its shards')
    .option('--shadow', 'publish nothing: list where those verdicts and the broker’s disagree')
    .option('--outbox', 'publish what could not be published before')
    .action(publish)

  root
    .command('can-i-deploy')
    .description('whether a version works with all that is in an environment')
    .option(...pacticipant)
    .option(...versionOption)
    .requiredOption('--to-environment <name>', 'where it is to be deployed')
    .action(canIDeployCommand)

  root
    .command('record-deployment')
    .description('tell the broker that a version was deployed')
    .option(...pacticipant)
    .option(...versionOption)
    .requiredOption('--environment <name>', 'where it was deployed')
    .option('--application-instance <name>', 'which one, where there are several side by side')
    .action(recordDeployment)

  root
    .command('record-release')
    .description('tell the broker that a version was released')
    .option(...pacticipant)
    .option(...versionOption)
    .requiredOption('--environment <name>', 'where it was released')
    .action(recordRelease)
}

const shardCount = (text: string): number => {
  const count = Number(text)
  if (/^\d+$/.test(text) && count >= 1 && count <= 64) return count
  throw new InvalidArgumentError('expected a whole number from 1 to 64')
}

/**
 * All commands and their options. `docs/commands.md` is held to it.
 *
 * @example
 * program().commands.map((command) => command.name()) // ['verify', 'up', 'types', 'contracts', …]
 */
export const program = (): Command => {
  const root = new Command('proofbook')
    .description(
      'Integration guides that prove themselves: contracts, specs and guides, replayed against the real provider.',
    )
    .version(version())
    // A version of an application is what most commands of a broker are about.
    .enablePositionalOptions()
    .showHelpAfterError('(proofbook --help lists the commands)')

  root
    .command('verify')
    .description(
      'replay contracts, specs and guides; without FILE everything that the config names',
    )
    .argument('[file...]', 'contracts, specs or guides')
    .option('--url <url>', 'replay FILE against what already runs there; needs no config')
    .option('--json', 'print one JSON object on standard output, and nothing else')
    .option('--seed <n>', 'repeat a run exactly')
    .option('--baseline <file>', 'findings that are known: they are counted, and not red')
    .option('--budget <budget>', 'what the cases of specs may cost: requests (500) or time (30s)')
    .option('-t, --testNamePattern <pattern>', 'only cases whose name matches')
    .addOption(list('--case <id>', 'only the case with this id'))
    .option('--keep', 'hold the testbeds of red cases open until Ctrl-C')
    .addOption(
      list(
        '--credential <credential>',
        "'NAME=Header: value[; scopes=a,b][; rejected=401]', the first is used where any will do",
      ),
    )
    .option(
      '--before-request <file>',
      'with --url: a module that signs what operations are asked with',
    )
    .option('--allow-writes', 'with --url: ask operations that write, too')
    .option('--rate <rate>', 'with --url: how fast it may be asked, by all workers together: 5/s')
    .option('--states-url <url>', "with --url: sets up provider states in Pact's own protocol")
    .addOption(list('--include <pattern>', 'with --url: only operations that match'))
    .addOption(list('--exclude <pattern>', 'with --url: all operations but those that match'))
    .addOption(
      list('--example <name=value>', 'a value for a parameter that the spec gives no example of'),
    )
    .option('--since <day>', 'also work in progress that the broker has since then: YYYY-MM-DD')
    .action(verify)

  root
    .command('up')
    .description('hold one testbed open and print its addresses, until Ctrl-C')
    .option('--integration <name>', 'which integration; default: the first')
    .action(up)

  root
    .command('types')
    .description('write the types of each spec beside it (openapi-typescript)')
    .option('--check', 'write nothing, and fail where types are stale or a fence does not compile')
    .action(types)

  root
    .command('contracts')
    .description('run the consumer tests twice, compare what they write, and keep it in contracts/')
    .option('--check', 'write nothing, and fail where a contract is not what its tests write')
    .option('--config <file>', 'a Vitest config for the consumer tests; default: none')
    .action(contracts)

  root
    .command('states')
    .description('all provider states and messages: who asks for them, who handles them')
    .option('--json', 'print one JSON object on standard output, and nothing else')
    .action(states)

  root
    .command('accept')
    .description('what the last run found about operations is known until a day, and not red')
    .argument('[code...]', 'only findings of these codes')
    .option('--because <text>', 'why')
    .option('--until <day>', 'the last day, YYYY-MM-DD')
    .option(
      '--baseline <file>',
      "where it is kept; default: the config's, or proofbook.baseline.json",
    )
    .option('--prune', 'accept nothing: remove what the last run showed to be fixed')
    .action(accept)

  const guide = root.command('guide').description('look at guides without running anything')
  guide
    .command('check')
    .description('what guides say that the config, the spec or the files contradict')
    .argument('[page...]', 'default: all guides of the config')
    .action(guideCheck)
  guide
    .command('import')
    .description('take over Markdown pages as guides, not adopted; nothing in them changes')
    .argument('<old...>', 'pages, or folders of them')
    .option('--into <folder>', 'where they are put', 'guides')
    .option('--integration <name>', 'what they speak of; default: the only integration')
    .action(guideImport)
  guide
    .command('write')
    .description('write what the last run proved under the scenarios of guides')
    .argument('[file...]', 'pages; default: all guides of the config')
    .option('--check', 'write nothing; exit status 1 where something would be written')
    .option('--date', 'with the day of today')
    .action(guideWrite)
  guide
    .command('words')
    .description('the closed lists of words: labels, faults, symptoms')
    .action(printGuideWords)

  root
    .command('init')
    .description('write what a project needs to be proved each night')
    .addOption(
      new Option('--ci <name>', 'the workflows of this continuous integration').choices(knownCis),
    )
    .addOption(
      new Option('--shards <n>', 'over how many machines the nightly run is spread')
        .argParser(shardCount)
        .default(4),
    )
    .addOption(
      new Option('--environment <name>', 'where the provider is deployed, in the broker').default(
        'production',
      ),
    )
    .option('--force', 'overwrite files that are there')
    .action(init)

  root
    .command('coverage')
    .description('what of each spec the last run reached, and what not, with the reason')
    .option('--json', 'print one JSON object on standard output, and nothing else')
    .action(coverage)

  root
    .command('unused')
    .description('what of each spec no contract uses: operations, statuses, fields of answers')
    .option('--json', 'print one JSON object on standard output, and nothing else')
    .action(unused)

  withBroker(root)
  return root
}

/**
 * Runs the command line. A mistake of the user's is printed without a stack and exits with 1.
 */
export const run = async (argv: readonly string[]): Promise<void> => {
  try {
    await program().parseAsync([...argv])
  } catch (error) {
    if (!(error instanceof UserError) && !(error instanceof Blocked)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  }
}
