import { counted } from '../model/counted.ts'
import { causesOf } from './causes.ts'
import { fixedIn } from './keep-findings.ts'
import type { CaseMeta } from './meta.ts'
import { printable } from './printable.ts'

const shownMax = 10

const some = (lines: readonly string[]): readonly string[] => [
  ...lines.slice(0, shownMax),
  ...(lines.length > shownMax ? [`  … and ${lines.length - shownMax} more`] : []),
]

/**
 * What of the findings is known, with the reason and the last day, and what of the known is fixed.
 *
 * @example
 * knownLines(cases) // ['known     1 finding', '  body-schema  GET /orders  until 2026-12-31: …']
 */
export const knownLines = (cases: readonly CaseMeta[]): readonly string[] => {
  const known = causesOf(cases).flatMap(({ finding, subjects }) =>
    finding.known === undefined
      ? []
      : [
          `  ${finding.code}  ${subjects.join(', ')}  until ${finding.known.until}: ${finding.known.because}`,
        ],
  )
  const fixed = fixedIn(cases).map(
    ({ code, subject }) => `  ${code}  ${subject}  its request passes now`,
  )
  return [
    ...(known.length === 0
      ? []
      : [`known     ${counted(known.length, 'finding')}`, ...some(known)]),
    ...(fixed.length === 0
      ? []
      : [
          `fixed     ${counted(fixed.length, 'finding')}: remove with "npx proofbook accept --prune"`,
          ...some(fixed),
        ]),
  ].map((line) => printable(line.replaceAll(/[\n\t]+/g, ' ')))
}
