import { subjectOf, type Check } from './check.ts'

/** A 5xx is a failure of the provider even where the document announces it. */
export const documentedServerError: Check = {
  code: 'documented-server-error',
  mootAfter: ['truncated-answer'],
  *check({ operation, answer, response }) {
    if (answer === undefined || answer.status < 500) return
    if (response === undefined || response.status === 'default') return
    yield {
      summary: `${subjectOf(operation)} answered ${answer.status} to a valid request, as its document warns.`,
      expected: 'an answer that is no failure of the provider',
      actual: String(answer.status),
      pointer: response.pointer,
    }
  },
}
