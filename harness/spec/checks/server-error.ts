import type { PlannedRequest } from '../types.ts'
import { subjectOf, type Check } from './check.ts'

/** What a provider failed on, as the sentence ends. */
const failedOn = ({ intent, name }: PlannedRequest): string => {
  if (intent === undefined || intent.kind === 'valid') return 'a valid request'
  if (intent.kind === 'invalid') return `a request that it should have refused: ${intent.words}`
  return intent.kind === 'odd' ? `an odd one: ${name}` : `a request: ${name}`
}

/** Nothing that a client can send may make the provider fail. */
export const serverError: Check = {
  code: 'server-error',
  mootAfter: ['truncated-answer'],
  *check({ operation, planned, answer, response }) {
    if (answer === undefined || answer.status < 500) return
    // A documented 5xx has a code of its own; `default` speaks of errors at large.
    if (response !== undefined && response.status !== 'default') return
    yield {
      summary: `${subjectOf(operation)} answered ${answer.status}: the provider failed on ${failedOn(planned)}.`,
      expected: `one of the documented statuses: ${operation.responses.map(({ status }) => status).join(', ')}`,
      actual: String(answer.status),
      pointer: response?.pointer ?? `${operation.pointer}/responses`,
    }
  },
}
