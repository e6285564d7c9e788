import type { Violation } from '../schema/schemas.ts'
import { subjectOf, type Check } from './check.ts'

const whereOf = ({ instancePath }: Violation): string =>
  instancePath === '' ? 'The body' : `"${instancePath}" in the body`

/** The body must keep its schema in full: every item, formats asserted. One finding a rule. */
export const bodySchema: Check = {
  code: 'body-schema',
  mootAfter: [
    'server-error',
    'documented-server-error',
    'truncated-answer',
    'media-type-missing',
    'media-type-undocumented',
    'body-unparseable',
  ],
  *check({ operation, answer, bodyVerdict }) {
    const byRule = Map.groupBy(
      bodyVerdict?.violations ?? [],
      ({ schemaPointer, keyword, expected }) => `${schemaPointer} ${keyword} ${expected}`,
    )
    for (const [first, ...others] of byRule.values()) {
      if (first === undefined) continue
      const more =
        others.length === 0
          ? ''
          : ` (and in ${others.length} more ${others.length === 1 ? 'place' : 'places'})`
      yield {
        summary: `${whereOf(first)} of ${subjectOf(operation)} (${answer?.status ?? ''}) ${first.keyword === 'required' ? 'has' : 'is'} ${first.actual}, and the document says ${first.expected}${more}.`,
        expected: first.expected,
        actual: first.actual,
        pointer: first.schemaPointer,
      }
    }
  },
}
