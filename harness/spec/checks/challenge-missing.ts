import { headerOf } from '../../model/http.ts'
import { subjectOf, type Check } from './check.ts'

/** A 401 says which credential is asked for; an API key has no scheme that could be named. */
export const challengeMissing: Check = {
  code: 'challenge-missing',
  mootAfter: ['truncated-answer'],
  *check({ operation, answer, schemes }) {
    if (answer?.status !== 401 || schemes.length === 0) return
    if (schemes.some(({ type }) => type === 'apiKey')) return
    if (headerOf(answer.headers, 'www-authenticate') !== undefined) return
    yield {
      summary: `${subjectOf(operation)} answered 401 without saying what credential it asks for.`,
      expected: 'a WWW-Authenticate header',
      actual: 'no WWW-Authenticate',
      pointer: operation.pointer,
    }
  },
}
