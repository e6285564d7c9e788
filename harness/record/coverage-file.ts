import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { UserError } from '../model/user-error.ts'
import { coverageKinds, type CoverageKind } from '../spec/coverage/item.ts'
import { writeWhole } from './whole-file.ts'

/** Where a run leaves what it reached of each spec, relative to the project's root. */
export const coverageFile = '.proofbook/coverage.json'

const count = z.strictObject({ reached: z.int(), total: z.int() })

/** What a run reached of one document. */
export const specCoverageSchema = z.strictObject({
  spec: z.string(),
  counts: z.strictObject(
    Object.fromEntries(coverageKinds.map((kind) => [kind, count])) as Record<
      CoverageKind,
      typeof count
    >,
  ),
  notReached: z.array(
    z.strictObject({
      kind: z.enum(coverageKinds),
      name: z.string(),
      where: z.strictObject({ file: z.string(), line: z.int(), pointer: z.string() }),
      why: z.string(),
    }),
  ),
})

const coverageReport = z.strictObject({
  schemaVersion: z.literal(1),
  /** `3/4`, where the run was one of several shards. */
  shard: z.string().optional(),
  specs: z.array(specCoverageSchema),
})

/** What a run reached of all of its specs. */
export type CoverageReport = z.output<typeof coverageReport>

/** Keeps what a run reached, for `proofbook coverage`. */
export const writeCoverage = (root: string, report: CoverageReport): Promise<void> =>
  writeWhole(join(root, coverageFile), `${JSON.stringify(report, null, 2)}\n`)

/**
 * What the last run reached.
 *
 * Throws a `UserError` where no run has left anything, or what it left cannot be read.
 */
export const readCoverage = async (root: string): Promise<CoverageReport> => {
  const text = await readFile(join(root, coverageFile), 'utf8').catch(() => undefined)
  if (text === undefined)
    throw new UserError({
      problem: 'no run has left what it reached of a spec',
      place: { file: coverageFile },
      fix: 'npx proofbook verify',
    })
  try {
    return coverageReport.parse(JSON.parse(text))
  } catch {
    throw new UserError({
      problem: 'this is no coverage that this version of Proofbook can read',
      place: { file: coverageFile },
      fix: 'run again: npx proofbook verify',
    })
  }
}
