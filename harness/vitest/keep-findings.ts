import { identityOf } from '../model/finding.ts'
import { writeLastFindings, type LastFindings } from '../record/last-findings.ts'
import type { CaseMeta } from './meta.ts'

type Found = LastFindings['findings'][number]

const foundIn = (one: CaseMeta): readonly (readonly [string, Found])[] => {
  const { integration, coverage } = one
  if (one.verdict !== 'failed' || coverage === undefined) return []
  return one.findings.flatMap((finding): (readonly [string, Found])[] => {
    if (finding.known !== undefined) return []
    const { code, subject, place, aspect, summary, recipe } = finding
    const found = {
      integration,
      code,
      subject,
      spec: coverage.spec,
      file: place.file,
      pointer: place.pointer ?? '',
      ...(aspect === undefined ? {} : { aspect }),
      summary,
      case: one.id,
      ...(recipe === undefined ? {} : { recipe }),
    }
    return [[`${integration} ${identityOf(finding)}`, found as Found]]
  })
}

/** What of the known is fixed: its very request passed. */
export const fixedIn = (cases: readonly CaseMeta[]): LastFindings['fixed'] =>
  cases.flatMap(({ accepted, verdict }) =>
    accepted !== undefined && verdict === 'verified' ? [accepted] : [],
  )

/**
 * What a run found about operations and is not known, each operation's findings once - the one that
 * was made small before others - for `proofbook accept`. Pure.
 */
const lastFindingsOf = (
  cases: readonly CaseMeta[],
  seed: number,
  shard: string | undefined,
): LastFindings => {
  const found = new Map<string, Found>()
  for (const [key, one] of cases.flatMap(foundIn)) {
    const before = found.get(key)
    if (before === undefined || (before.recipe === undefined && one.recipe !== undefined))
      found.set(key, one)
  }
  return {
    schemaVersion: 1,
    seed,
    ...(shard === undefined ? {} : { shard }),
    findings: [...found.values()],
    fixed: fixedIn(cases),
  }
}

/** Keeps it, where the run asked operations at all. */
export const findingsKeeper =
  (root: string, seed: number, shard: string | undefined) =>
  async (cases: readonly CaseMeta[]): Promise<void> => {
    if (!cases.some(({ coverage, accepted }) => coverage !== undefined || accepted !== undefined))
      return
    await writeLastFindings(root, lastFindingsOf(cases, seed, shard))
  }
