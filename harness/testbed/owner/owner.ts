import { availableParallelism } from 'node:os'
import type { ValidConfig } from '../../config/schema.ts'
import { openCustody } from '../custody/open-custody.ts'
import type { TestbedDescription } from '../testbed.ts'
import { chooseRuntime, type ChosenRuntime } from './choose-runtime.ts'
import type { OwnerAddress } from './protocol.ts'
import { openQueue } from './queue.ts'
import { serveOwner } from './serve.ts'
import { openServices, type Services } from './services.ts'
import { openTestbeds } from './testbeds.ts'

/** What an owner is started with. */
export interface OwnerOptions {
  /** The folder that paths in the config are relative to. */
  readonly root: string
  readonly config: ValidConfig
  /** How many testbeds there may be at once; default: the config's, else two for each core. */
  readonly atOnce?: number
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
  /** The testbeds that are held open for a person; they end with the owner. */
  kept(): readonly TestbedDescription[]
  /** Ends everything. Never rejects; called again, it waits for the same end. */
  close(): Promise<void>
}

/** A case may hold a few testbeds at once, and a testbed may have a few stubs. */
const stubsPerPlace = 4

/** Whether anything of the config could be made in more than one way. */
const needsRuntime = ({ integrations }: ValidConfig): boolean =>
  Object.values(integrations).some(
    ({ dependencies = {}, provider: { start } }) =>
      Object.keys(dependencies).length > 0 || 'image' in start || 'build' in start,
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
      stubsAtOnce: atOnce * stubsPerPlace,
      inherited,
    })
  const workshop = { root, custody, services, inherited }
  const testbeds = openTestbeds(config, workshop, openQueue(atOnce), noteError)
  const server = await serveOwner(custody.folder, testbeds).catch(async (error: unknown) => {
    await custody.close()
    throw error
  })

  const end = async (): Promise<void> => {
    const ending = testbeds.close()
    await server.close()
    await ending
    for (const error of await services.close()) noteError(error)
    await custody.close()
  }
  let closing: Promise<void> | undefined
  return {
    address: server.address,
    get notices() {
      return [...notices, ...custody.notices, ...services.notices(), ...problems]
    },
    kept: () => testbeds.kept(),
    close: () => {
      closing ??= end()
      return closing
    },
  }
}
