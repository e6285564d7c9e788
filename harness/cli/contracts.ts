import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { outcomes, unsteady, type ContractOutcome } from '../contract/consumers/outcome.ts'
import { writtenIn, type Written } from '../contract/consumers/written.ts'
import { UserError } from '../model/user-error.ts'
import { outcomesText, unsteadyText } from './contracts-text.ts'
import { runConsumers } from './run-consumers.ts'

const folder = 'contracts'
const include = `${folder}/consumers/**/*.test.{ts,mts,js,mjs,tsx,jsx}`

/** Options of the command. */
export interface ContractsOptions {
  readonly check?: boolean
  readonly config?: string
}

interface Twice {
  readonly first: Written
  readonly second: Written
}

const runOnce = async (
  into: string,
  quiet: boolean,
  config: string | undefined,
): Promise<Written> => {
  await mkdir(into)
  const { files, passed, failures } = await runConsumers(process.cwd(), [include], into, {
    quiet,
    config,
  })
  if (files === 0)
    throw new UserError({
      problem: 'there are no consumer tests',
      expected: `files like ${folder}/consumers/web.test.ts, which write contracts with @pact-foundation/pact`,
      fix: 'docs/contracts.md shows one',
    })
  if (!passed)
    throw new UserError({
      problem: [
        'consumer tests failed, so no contract was written',
        ...(quiet ? failures : []),
      ].join('\n    '),
      place: { file: `${folder}/consumers` },
      ...(quiet ? { expected: 'what passed a moment ago passes again' } : {}),
      fix: quiet ? 'make them independent of what an earlier run left behind' : 'mend them first',
    })
  const written = await writtenIn(into)
  if (written.size > 0) return written
  throw new UserError({
    problem: 'the consumer tests wrote no contract to the folder that they were given',
    place: { file: `${folder}/consumers` },
    expected: 'dir: contractsFolder(), which is exported by proofbook',
    fix: 'new PactV4({ consumer, provider, dir: contractsFolder() })',
  })
}

const runTwice = async (config: string | undefined): Promise<Twice> => {
  const temporary = await mkdtemp(join(tmpdir(), 'proofbook-contracts-'))
  try {
    return {
      first: await runOnce(join(temporary, 'first'), false, config),
      second: await runOnce(join(temporary, 'second'), true, config),
    }
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

const write = async (changed: readonly ContractOutcome[], written: Written): Promise<void> => {
  for (const { name } of changed) {
    const text = written.get(name)?.text
    if (text !== undefined) await writeFile(join(folder, name), text)
  }
}

/**
 * `proofbook contracts`: runs the consumer tests twice, compares what they wrote, and puts it into
 * `contracts/`. With `check` nothing is written, and a contract that is not what its tests write
 * exits with 1.
 */
export const contracts = async ({ check = false, config }: ContractsOptions): Promise<void> => {
  const { first, second } = await runTwice(config)
  const differing = unsteady(first, second)
  if (differing.length > 0) {
    process.stderr.write(`${differing.map((one) => unsteadyText(folder, one)).join('\n')}\n`)
    process.exitCode = 1
    return
  }
  const all = outcomes(await writtenIn(folder), first)
  const changed = all.filter(({ kind }) => kind === 'new' || kind === 'changed')
  if (!check) await write(changed, first)
  process.stdout.write(outcomesText(folder, all, check))
  if (check && changed.length > 0) {
    process.stderr.write(
      `${folder}: ${changed.length} of the contracts are not what their consumer tests write\n  fix: npx proofbook contracts, and commit what it writes\n`,
    )
    process.exitCode = 1
  }
}
