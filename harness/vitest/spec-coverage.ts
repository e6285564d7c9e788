import { counted } from '../model/counted.ts'
import { isJudged } from '../model/verdict.ts'
import { writeCoverage } from '../record/coverage-file.ts'
import { budgetFix } from '../spec/budget-fix.ts'
import { specCoverage, type SpecCoverage } from '../spec/coverage/report.ts'
import { coverageCounts } from '../spec/coverage/words.ts'
import { dropOtherCatalogues, readCatalogue } from './catalogue-file.ts'
import type { CaseMeta } from './meta.ts'

/** What a run reached of each of its specs, in a stable order. */
export const specCoverages = async (
  root: string,
  cases: readonly CaseMeta[],
): Promise<readonly SpecCoverage[]> => {
  const covering = cases.flatMap(({ coverage, verdict, reason, fix }) =>
    coverage === undefined
      ? []
      : [
          {
            coverage,
            isAsked: isJudged(verdict),
            ...(reason === undefined ? {} : { reason }),
            ...(fix === undefined ? {} : { fix }),
          },
        ],
  )
  const bySpec = Map.groupBy(covering, ({ coverage }) => `${coverage.spec}\n${coverage.digest}`)
  const all: SpecCoverage[] = []
  for (const [, own] of [...bySpec].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const [first] = own
    const catalogue = first && (await readCatalogue(root, first.coverage))
    if (catalogue !== undefined) all.push(specCoverage(catalogue, own))
  }
  return all
}

/** Keeps what a run reached; catalogues that none of its cases means are taken away. */
export const keepCoverage =
  (root: string, shard: string | undefined) =>
  async (cases: readonly CaseMeta[], specs: readonly SpecCoverage[]): Promise<void> => {
    if (specs.length === 0) return
    await writeCoverage(root, {
      schemaVersion: 1,
      ...(shard === undefined ? {} : { shard }),
      specs: specs.map((one) => ({ ...one, notReached: [...one.notReached] })),
    })
    const used = cases.flatMap(({ coverage }) => (coverage === undefined ? [] : [coverage]))
    await dropOtherCatalogues(root, used)
  }

const namedMax = 2

/** How many cases the budget left out or ended, in one line; none where it did not. */
export const budgetLine = (cases: readonly CaseMeta[]): readonly string[] => {
  const cut = cases.filter(({ coverage }) => coverage?.cut === true)
  if (cut.length === 0) return []
  const out = cut.filter(({ verdict }) => verdict === 'not-asked').length
  const parts = [
    ...(out === 0 ? [] : [`${counted(out, 'case')} not asked`]),
    ...(out === cut.length ? [] : [`${counted(cut.length - out, 'case')} ended early`]),
  ]
  return [`budget    ${parts.join(', ')}: ${budgetFix} asks more`]
}

/** The closing lines of a run about its specs: two for each. */
export const specCoverageLines = (specs: readonly SpecCoverage[]): readonly string[] =>
  specs.flatMap((one) => {
    const named = one.notReached.slice(0, namedMax).map(({ name }) => name)
    const more = one.notReached.length - named.length
    return [
      `coverage  ${one.spec}: ${coverageCounts(one)}`,
      ...(named.length === 0
        ? []
        : [
            `          not reached: ${named.join(', ')}${more > 0 ? `, … and ${more} more` : ''}: npx proofbook coverage`,
          ]),
    ]
  })
