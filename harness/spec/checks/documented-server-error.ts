import { subjectOf, type Check } from './check.ts'

/** What a gateway answers where somebody behind it is at fault (RFC 9110, 15.6.3 to 15.6.5). */
const behind: ReadonlySet<number> = new Set([502, 503, 504])

/** A 5xx is a failure of the provider even where the document announces it. */
export const documentedServerError: Check = {
  code: 'documented-server-error',
  mootAfter: ['truncated-answer'],
  *check({ operation, planned, answer, response }) {
    if (answer === undefined || answer.status < 500) return
    // Values that we made up mean nothing to a stand-in for what is behind.
    if (planned.intent !== undefined && behind.has(answer.status)) return
    if (response === undefined || response.status === 'default') return
    yield {
      summary: `${subjectOf(operation)} answered ${answer.status} to a valid request, as its document warns.`,
      expected: 'an answer that is no failure of the provider',
      actual: String(answer.status),
      pointer: response.pointer,
    }
  },
}
