import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { verdicts } from '../model/verdict.ts'
import { UserError } from '../model/user-error.ts'

/** Where a run leaves what its contracts came to, relative to the project's root. */
export const runResultsFile = '.proofbook/results.json'

const interaction = z.strictObject({
  id: z.string(),
  integration: z.string(),
  verdict: z.enum(verdicts),
  /** The contract's file, and the SHA-256 of what was in it when it was read. */
  file: z.string(),
  digest: z.string(),
})

const runResults = z.strictObject({
  schemaVersion: z.literal(1),
  /** `3/4`, where the run was one of several shards. */
  shard: z.string().optional(),
  /** The address, where no testbeds were used. */
  url: z.string().optional(),
  /** The commit of the work tree when the run ended. */
  commit: z.string().optional(),
  interactions: z.array(interaction),
})

/** What the interactions of a run came to that were put to the provider. */
export type RunResults = z.output<typeof runResults>
/** What one interaction came to. */
export type InteractionResult = z.output<typeof interaction>

/** Writes the results of a run, whole or not at all. */
export const writeRunResults = async (root: string, results: RunResults): Promise<void> => {
  const path = join(root, runResultsFile)
  await mkdir(join(root, '.proofbook'), { recursive: true })
  const draft = `${path}.${process.pid}.part`
  await writeFile(draft, `${JSON.stringify(results, null, 2)}\n`)
  await rename(draft, path)
}

/**
 * Reads the results of the last run.
 *
 * Throws a `UserError` where there are none, and for those of one shard alone.
 */
export const readRunResults = async (root: string): Promise<RunResults> => {
  const text = await readFile(join(root, runResultsFile), 'utf8').catch(() => undefined)
  if (text === undefined)
    throw new UserError({
      problem: 'there are no results of a run',
      place: { file: runResultsFile },
      fix: 'npx proofbook verify',
    })
  let results: RunResults
  try {
    results = runResults.parse(JSON.parse(text))
  } catch {
    throw new UserError({
      problem: 'these are no results that this version of Proofbook can read',
      place: { file: runResultsFile },
      fix: 'run again: npx proofbook verify',
    })
  }
  if (results.shard !== undefined)
    throw new UserError({
      problem: `these are the results of shard ${results.shard} alone`,
      place: { file: runResultsFile },
      expected: 'the results of all shards: a contract is published as one whole',
      fix: 'merge them first: npx vitest run --merge-reports=blobs',
    })
  return results
}
