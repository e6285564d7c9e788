import { mkdtemp, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { ValidConfig } from '../../config/schema.ts'
import { connectOwner, type OwnerClient } from '../lease.ts'
import { startOwner, type Owner, type OwnerOptions } from '../owner/owner.ts'
import { plainConfig } from './plain-config.ts'
import { memoryFolder } from './memory-folder.ts'
import { remainsOf } from './remains.ts'

/** An owner with a folder of runs of its own, and a connection to it. */
export interface OwnerForTest {
  readonly owner: Owner
  readonly client: OwnerClient
  /** The run's folder. */
  readonly folder: string
  /** How many providers of `provider.mjs` run. */
  readonly providers: () => Promise<number>
}

/** How many providers of `provider.mjs` run, of the run with this folder. */
const providersIn = async (folder: string): Promise<number> =>
  (await remainsOf({ folder, ports: [] })).processes.filter((line) => line.includes('provider.mjs'))
    .length

/**
 * Starts an owner that is closed, with all that it made, when it is disposed of: one for the tests of
 * a file.
 *
 * @example
 * beforeAll(async () => { opened = await openOwnerForTest({ integrations }) })
 * afterAll(() => opened[Symbol.asyncDispose]())
 */
export const openOwnerForTest = async (
  config: ValidConfig = plainConfig(),
  more: Partial<OwnerOptions> = {},
): Promise<OwnerForTest & AsyncDisposable> => {
  const runs = await mkdtemp(join(await memoryFolder(), 'proofbook-runs-'))
  const owner = await startOwner({ root: runs, config, runs: [runs], ...more })
  const client = await connectOwner(owner.address)
  const folder = dirname(dirname(owner.address.path))
  return {
    owner,
    client,
    folder,
    providers: () => providersIn(folder),
    [Symbol.asyncDispose]: async () => {
      client.close()
      await owner.close()
      await rm(runs, { recursive: true })
    },
  }
}

/**
 * Starts an owner that is closed, with all that it made, when the test is over.
 *
 * @example
 * const { client } = await ownerForTest(plainConfig(), { atOnce: 1 })
 */
export const ownerForTest = async (
  config?: ValidConfig,
  more?: Partial<OwnerOptions>,
): Promise<OwnerForTest> => {
  const opened = await openOwnerForTest(config, more)
  onTestFinished(() => opened[Symbol.asyncDispose]())
  return opened
}
