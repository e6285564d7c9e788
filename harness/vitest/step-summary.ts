import { appendFile } from 'node:fs/promises'
import { formatPlace } from '../model/place.ts'
import type { CaseMeta } from './meta.ts'
import type { ReporterContext } from './reporter.ts'
import { isRedCase } from './summary.ts'

/** Names of files, cases and fields come from outside: as code they are text, whatever is in them. */
const code = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ')
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  const space = line.startsWith('`') || line.endsWith('`') ? ' ' : ''
  return `${fence}${space}${line}${space}${fence}`
}

/** A fence that nothing in the text can close. */
const block = (lines: readonly string[]): readonly string[] => {
  const longest = Math.max(
    2,
    ...lines.flatMap((line) => [...line.matchAll(/`+/g)]).map(([ticks]) => ticks.length),
  )
  const fence = '`'.repeat(longest + 1)
  return [`${fence}text`, ...lines, fence]
}

/** GitHub takes 1 MiB of a step; a person reads the first few. */
const redMax = 50

const redLines = ({ name, verdict, findings, reason }: CaseMeta): readonly string[] => [
  `- ${code(name)} ${verdict}${reason === undefined ? '' : `: ${code(reason)}`}`,
  ...findings
    .slice(0, 5)
    .map(
      ({ code: of, summary, place }) => `  - ${of}: ${code(summary)} (${code(formatPlace(place))})`,
    ),
]

/**
 * What GitHub shows on the page of a run, in its Markdown: what was proved, and each red case with
 * the place that asked for it. `lines` are the closing lines of the run. Pure.
 *
 * @example
 * stepSummary(cases, [' orders  17 interactions   17 verified'])
 */
export const stepSummary = (cases: readonly CaseMeta[], lines: readonly string[]): string => {
  const red = cases.filter(isRedCase)
  const more = red.length - redMax
  return [
    `### Proofbook: ${cases.length - red.length} of ${cases.length} cases are not red`,
    '',
    ...block(lines),
    '',
    ...red.slice(0, redMax).flatMap(redLines),
    ...(more > 0 ? [`- and ${more} more`] : []),
    '',
  ].join('\n')
}

/**
 * Appends the summary to the file that GitHub Actions names in GITHUB_STEP_SUMMARY, where it does.
 */
export const stepSummaryOf = (
  environment: Readonly<Record<string, string | undefined>>,
): Pick<ReporterContext, 'summarise'> => {
  const file = environment['GITHUB_STEP_SUMMARY']
  if (file === undefined || file === '') return {}
  return { summarise: (cases, lines) => appendFile(file, stepSummary(cases, lines)) }
}
