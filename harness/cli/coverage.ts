import { formatPlace } from '../model/place.ts'
import { readCoverage, type CoverageReport } from '../record/coverage-file.ts'
import { coverageKinds } from '../spec/coverage/item.ts'
import { coverageCounts, kindWords } from '../spec/coverage/words.ts'

type One = CoverageReport['specs'][number]

/** Many things are unreached for one reason: it is said once, and they stand under it. */
const kindLines = (kind: One['notReached'][number]['kind'], one: One): readonly string[] => {
  const own = one.notReached.filter((item) => item.kind === kind)
  const byReason = Map.groupBy(own, ({ why }) => why)
  return [...byReason].flatMap(([why, items]) => [
    `   ${kindWords[kind]} that were not reached: ${why}`,
    ...items.map(({ name, where }) => `     ${formatPlace(where)}  ${name}`),
  ])
}

const text = ({ specs, shard }: CoverageReport): string => {
  const lines = specs.flatMap((one) => [
    ` ${one.spec}`,
    `   ${coverageCounts(one)}`,
    ...coverageKinds.flatMap((kind) => kindLines(kind, one)),
    '',
  ])
  const part =
    shard === undefined ? [] : [` Of shard ${shard} alone: merge the shards for the rest.`, '']
  return `${[...part, ...lines].join('\n')}\n`
}

/** `proofbook coverage`: what of each spec the last run reached, and what not, with reasons. */
export const coverage = async (options: { readonly json?: boolean }): Promise<void> => {
  const report = await readCoverage(process.cwd())
  process.stdout.write(
    options.json === true ? `${JSON.stringify(report, null, 2)}\n` : text(report),
  )
}
