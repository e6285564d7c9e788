import { availableParallelism } from 'node:os'
import type { ValidConfig } from '../../config/schema.ts'
import { configuredSecrets } from '../../config/configured-secrets.ts'
import { maskOf } from '../../model/mask.ts'
import { openCustody } from '../custody/open-custody.ts'
import type { TestbedDescription } from '../testbed.ts'
import { openBackground } from './background.ts'
import { chooseRuntime, type ChosenRuntime } from './choose-runtime.ts'
import { openCulprits } from './culprits.ts'
import { openExpectations } from './expectations.ts'
import type { OwnerAddress } from './protocol.ts'
import { openQueue } from './queue.ts'
import { openResets } from './resets.ts'
import { serveOwner } from './serve.ts'
import { openServices, type Services } from './services.ts'
import { openStock } from './stock.ts'
import { openTestbeds } from './testbeds.ts'

/** What an owner is started with. */
export interface OwnerOptions {
  /** The folder that paths in the config are relative to. */
  readonly root: string
  readonly config: ValidConfig
  /** How many testbeds there may be at once; default: the config's, else two for each core. */
  readonly atOnce?: number
  /** How many are made ahead of the cases, beside those; default: the config's, else by cores and memory. */
  readonly ahead?: number
  /** Where PATH, HOME, LANG, TMPDIR and secrets come from; default: our own environment. */
  readonly inherited?: Readonly<Record<string, string | undefined>>
  /** The folders that runs are made in, the best first; default: in memory, else temporary files. */
  readonly runs?: readonly string[]
  /** What databases and stubs come from; default: what the config's runtime says. */
  readonly services?: Services
}

/** The maker of testbeds of one run. */
export interface Owner {
  /** What workers connect to: plain data. */
  readonly address: OwnerAddress
  /** Sentences for the person: what was cleaned up after earlier runs, what could not be closed. */
  readonly notices: readonly string[]
  /** Files with mappings that no request of any case so far used. */
  unusedMappings(): readonly string[]
  /** The testbeds that are held open for a person; they end with the owner. */
  kept(): readonly TestbedDescription[]
  /**
   * Closes what nobody has and looks for what cases left behind, so that `notices` and what else is
   * told of the run is complete. Never rejects.
   */
  lookBack(): Promise<void>
  /** Ends everything. Never rejects; called again, it waits for the same end. */
  close(): Promise<void>
}

/** A case may hold a few testbeds at once, and a testbed may have a few stubs. */
const stubsPerPlace = 4

/** What a testbed may take: a provider, and perhaps a stub with its Java. */
const testbedBytes = 512 * 1024 * 1024

/**
 * One for two cores: making one costs what a case costs, and cases that run come first. None where
 * memory is short.
 */
const aheadDefault = (): number => {
  const cores = Math.max(1, Math.floor(availableParallelism() / 2))
  return Math.min(cores, Math.floor(process.availableMemory() / testbedBytes / 8))
}

/** What is a process in each runtime. */
const alwaysProcesses: ReadonlySet<string> = new Set(['redis', 'rabbitmq', 'command'])

/** Whether anything of the config could be made in more than one way. */
const needsRuntime = ({ integrations }: ValidConfig): boolean =>
  Object.values(integrations).some(
    ({ dependencies = {}, provider: { start } }) =>
      Object.values(dependencies).some(({ type }) => !alwaysProcesses.has(type)) ||
      'image' in start ||
      'build' in start,
  )

const nothingToChoose: ChosenRuntime = {
  runtime: { kind: 'processes', reason: 'nothing in the config needs containers' },
  notices: [],
}

/**
 * Starts the owner of a run's testbeds. Nothing is started with it but the reaper: servers come with
 * the first lease that needs them. However this process ends, the reaper ends what it started.
 *
 * Throws `Blocked` where no folder for the run can be made, and a `UserError` where containers are
 * asked for and no engine answers.
 *
 * @example
 * const owner = await startOwner({ root: process.cwd(), config })
 * const client = await connectOwner(owner.address)
 * await owner.close()
 */
export const startOwner = async (options: OwnerOptions): Promise<Owner> => {
  const { root, config, inherited = process.env } = options
  const atOnce =
    options.atOnce ?? config.testbeds?.atOnce ?? Math.max(2, availableParallelism() * 2)
  const ahead = options.ahead ?? config.testbeds?.ahead ?? aheadDefault()
  const { runtime, notices } = needsRuntime(config)
    ? await chooseRuntime(config.runtime, inherited)
    : nothingToChoose
  const custody = await openCustody(options.runs)
  const problems: string[] = []
  const noteError = ({ message }: Error): void => {
    problems.push(message)
  }
  const services =
    options.services ??
    openServices(custody, {
      root,
      runtime,
      java: config.java,
      // Those that are out, those on the shelf, and those that are being closed.
      stubsAtOnce: (atOnce + 2 * ahead) * stubsPerPlace,
      inherited,
    })
  const resets = openResets()
  const expectations = openExpectations()
  const background = openBackground()
  const culprits = openCulprits(custody, background, maskOf(configuredSecrets(config, inherited)))
  const ended = new AbortController()
  const stock = openStock({
    config,
    workshop: { root, custody, services, resets, inherited },
    atOnce,
    ahead,
    wanted: (integration) => expectations.left(integration),
    background,
    culprits,
    ended: ended.signal,
    onError: noteError,
  })
  const queue = openQueue(atOnce)
  const testbeds = openTestbeds({ config, stock, queue, expectations, background, ended })
  const server = await serveOwner(custody.folder, testbeds).catch(async (error: unknown) => {
    await custody.close()
    throw error
  })

  const end = async (): Promise<void> => {
    const ending = testbeds.close()
    await server.close()
    await ending
    await culprits.finish()
    for (const error of await services.close()) noteError(error)
    await custody.close()
  }
  let closing: Promise<void> | undefined
  return {
    address: server.address,
    get notices() {
      return [
        ...notices,
        ...custody.notices,
        ...services.notices(),
        ...resets.notices(),
        ...culprits.notices(),
        ...problems,
      ]
    },
    unusedMappings: () => services.unusedMappings(),
    kept: () => testbeds.kept(),
    lookBack: async () => {
      stock.clear()
      await background.done()
      await culprits.finish()
    },
    close: () => {
      closing ??= end()
      return closing
    },
  }
}
