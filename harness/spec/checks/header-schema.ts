import { subjectOf, type Check } from './check.ts'

/** The value of a documented header must keep its schema. */
export const headerSchema: Check = {
  code: 'header-schema',
  mootAfter: ['server-error', 'documented-server-error', 'truncated-answer'],
  *check({ operation, answer, headers }) {
    for (const { header, text, verdict } of headers) {
      const [violation] = verdict.violations
      if (violation === undefined) continue
      yield {
        summary: `${subjectOf(operation)} answered ${answer?.status ?? ''} with the header ${header.name}: ${text}, and the document says ${violation.expected}.`,
        expected: violation.expected,
        actual: text,
        pointer: violation.schemaPointer,
      }
    }
  },
}
