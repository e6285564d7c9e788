import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { UserError } from '../model/user-error.ts'
import { recipeSchema } from './baseline.ts'
import { writeWhole } from './whole-file.ts'

/** Where a run leaves what it found about operations, relative to the project's root. */
export const lastFindingsFile = '.proofbook/findings.json'

const identity = {
  integration: z.string(),
  code: z.string(),
  subject: z.string(),
  file: z.string(),
  pointer: z.string(),
  aspect: z.string().optional(),
}

const found = z.strictObject({
  ...identity,
  spec: z.string(),
  summary: z.string(),
  case: z.string(),
  recipe: recipeSchema.optional(),
})

const lastFindings = z.strictObject({
  schemaVersion: z.literal(1),
  seed: z.int(),
  /** `3/4`, where the run was one of several shards. */
  shard: z.string().optional(),
  /** What was found and is not known. */
  findings: z.array(found),
  /** What is known, and whose request passed. */
  fixed: z.array(z.strictObject(identity)),
})

/** What a run found about operations: what may be accepted, and what need not be any more. */
export type LastFindings = z.output<typeof lastFindings>

/** Keeps what a run found, whole or not at all. */
export const writeLastFindings = (root: string, last: LastFindings): Promise<void> =>
  writeWhole(join(root, lastFindingsFile), `${JSON.stringify(last, null, 2)}\n`)

/**
 * Reads what the last run found.
 *
 * Throws a `UserError` where there was none, and for one shard of several.
 */
export const readLastFindings = async (root: string): Promise<LastFindings> => {
  const place = { file: lastFindingsFile }
  const text = await readFile(join(root, lastFindingsFile), 'utf8').catch(() => undefined)
  if (text === undefined)
    throw new UserError({
      problem: 'there are no findings of a run',
      place,
      fix: 'run first: npx proofbook verify',
    })
  let last: LastFindings
  try {
    last = lastFindings.parse(JSON.parse(text))
  } catch {
    throw new UserError({
      problem: 'this version of Proofbook cannot read these findings',
      place,
      fix: 'run again: npx proofbook verify',
    })
  }
  if (last.shard !== undefined)
    throw new UserError({
      problem: `these are the findings of shard ${last.shard} alone`,
      place,
      fix: 'merge them first: npx vitest run --merge-reports=blobs',
    })
  return last
}
