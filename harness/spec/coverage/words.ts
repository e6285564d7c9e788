import type { CoverageKind } from './item.ts'
import type { SpecCoverage } from './report.ts'

/** The kinds in the words of people, in the plural. */
export const kindWords: Readonly<Record<CoverageKind, string>> = {
  operation: 'operations',
  status: 'statuses',
  parameter: 'parameters',
  requestMediaType: 'media types of requests',
  responseMediaType: 'media types of answers',
  keyword: 'rules of schemas',
  enumMember: 'enum members',
}

/** `19 of 19 operations, 41 of 52 statuses`: the kinds that the document has any of. */
export const coverageCounts = ({ counts }: SpecCoverage): string =>
  (Object.entries(counts) as [CoverageKind, SpecCoverage['counts'][CoverageKind]][])
    .filter(([, { total }]) => total > 0)
    .map(([kind, { reached, total }]) => `${reached} of ${total} ${kindWords[kind]}`)
    .join(', ')
