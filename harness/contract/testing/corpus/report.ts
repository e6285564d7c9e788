import { formatPlace } from '../../../model/place.ts'
import { versions, type SpecificationCase } from './specification-case.ts'
import type { TriedCase } from './try-case.ts'

const header = ['version', 'part', 'cases', 'right', 'ours', 'pact-core'] as const

const rowOf = (version: string, part: string, tried: readonly TriedCase[]): readonly string[] => {
  const wrong = (whose: string): string =>
    String(tried.filter(({ deviation }) => deviation === whose).length)
  const right = tried.filter(({ deviation }) => deviation === undefined).length
  return [version, part, String(tried.length), String(right), wrong('ours'), wrong('pact-core')]
}

const table = (rows: readonly (readonly string[])[]): string => {
  const widths = header.map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  )
  return rows
    .map((row) =>
      ` ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
    )
    .join('\n')
}

const deviationLines = ({ specificationCase, verdict, deviation, findings }: TriedCase): string => {
  const { file, matches } = specificationCase
  const expected = matches ? 'verified' : 'failed'
  const said = findings.map(({ summary, place }) => `   ${formatPlace(place)} ${summary}`)
  return [` ${deviation}: ${file}: ${verdict}, and the case says ${expected}`, ...said].join('\n')
}

/**
 * The table of a corpus by version and part, and each deviation with whose it is. The status is 1
 * where there is one, or where no case was tried at all.
 */
export const corpusReport = (
  cases: readonly SpecificationCase[],
  tried: readonly TriedCase[],
): { readonly text: string; readonly status: 0 | 1 } => {
  const rows = versions.flatMap((version) =>
    (['response', 'message'] as const).flatMap((part) => {
      const own = tried.filter(
        ({ specificationCase: one }) => one.version === version && one.part === part,
      )
      return own.length === 0 ? [] : [rowOf(version, part, own)]
    }),
  )
  const deviations = tried.filter(({ deviation }) => deviation !== undefined)
  const requests = cases.filter(({ part }) => part === 'request').length
  const lines = [
    table([header, ...rows, rowOf('all', '', tried)]),
    '',
    ...deviations.map(deviationLines),
    ` left out: ${requests} request cases, which judge a mock server and not a provider`,
    ` no cases: version 4 has none in the specification's repository`,
  ]
  return {
    text: `${lines.join('\n')}\n`,
    status: deviations.length > 0 || tried.length === 0 ? 1 : 0,
  }
}
