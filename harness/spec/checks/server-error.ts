import { subjectOf, type Check } from './check.ts'

/** Nothing that a client can send may make the provider fail. */
export const serverError: Check = {
  code: 'server-error',
  mootAfter: ['truncated-answer'],
  *check({ operation, answer, response }) {
    if (answer === undefined || answer.status < 500) return
    // A documented 5xx has a code of its own; `default` speaks of errors at large.
    if (response !== undefined && response.status !== 'default') return
    yield {
      summary: `${subjectOf(operation)} answered ${answer.status}: the provider failed on a valid request.`,
      expected: `one of the documented statuses: ${operation.responses.map(({ status }) => status).join(', ')}`,
      actual: String(answer.status),
      pointer: response?.pointer ?? `${operation.pointer}/responses`,
    }
  },
}
