import { counted } from '../model/counted.ts'
import { formatPlace } from '../model/place.ts'
import { causesOf, type Cause } from './causes.ts'
import type { CaseMeta } from './meta.ts'
import { printable } from './printable.ts'
import { isRedCase } from './summary.ts'

const shownMax = 20

/** Which of many: the first, and how many more. */
const touched = (subjects: readonly string[]): string =>
  subjects.length <= 1
    ? ''
    : ` Also ${subjects.slice(1, 3).join(', ')}${subjects.length > 3 ? ` and ${subjects.length - 3} more` : ''}.`

const lineOf = ({ finding, subjects }: Cause, width: number): string => {
  const { code, summary, place } = finding
  const words = `${summary}${touched(subjects)} (${formatPlace(place)})`.replaceAll(/\s+/g, ' ')
  return `  ${code.padEnd(width)}  ${printable(words)}`
}

/**
 * What made a run red, each cause in a line: faults of the provider first, then what the document
 * leaves out. Nothing where nothing was found.
 *
 * @example
 * causeLines(cases)
 * // ['findings  23, of 2 causes', '  body-schema   …', '  header-missing  …']
 */
export const causeLines = (cases: readonly CaseMeta[]): readonly string[] => {
  const red = cases.filter(isRedCase)
  const causes = causesOf(red).filter(({ finding }) => finding.known === undefined)
  if (causes.length === 0) return []
  const findings = red
    .flatMap((one) => one.findings)
    .filter(({ known }) => known === undefined).length
  const ofDocument = causes.filter(({ finding }) => finding.class === 'document').length
  const width = Math.max(...causes.slice(0, shownMax).map(({ finding }) => finding.code.length))
  const document =
    ofDocument === 0 ? '' : `, ${ofDocument === causes.length ? 'all' : ofDocument} in the document`
  const more = causes.length - shownMax
  return [
    '',
    `findings  ${findings}, of ${counted(causes.length, 'cause')}${document}`,
    ...causes.slice(0, shownMax).map((cause) => lineOf(cause, width)),
    ...(more > 0 ? [`  … and ${more} more: --json has them all`] : []),
    '',
  ]
}
