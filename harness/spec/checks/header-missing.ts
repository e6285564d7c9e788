import { headerOf } from '../../model/http.ts'
import { subjectOf, type Check } from './check.ts'

/** A header that the document requires must come. */
export const headerMissing: Check = {
  code: 'header-missing',
  mootAfter: ['server-error', 'documented-server-error', 'truncated-answer'],
  *check({ operation, answer, response }) {
    if (answer === undefined || response === undefined) return
    for (const { name, required, pointer } of response.headers) {
      if (!required || headerOf(answer.headers, name) !== undefined) continue
      yield {
        summary: `${subjectOf(operation)} answered ${answer.status} without the header ${name}, which the document requires.`,
        expected: `a header ${name}`,
        actual: 'none',
        pointer,
      }
    }
  },
}
