import { subjectOf, type Check } from './check.ts'

/**
 * What breaks the document must be refused. Only what is broken in the bytes that were sent counts,
 * and an answer of success.
 */
export const acceptedInvalid: Check = {
  code: 'accepted-invalid',
  mootAfter: ['truncated-answer', 'server-error'],
  *check({ operation, planned, answer, breach }) {
    const { intent } = planned
    if (answer === undefined || breach === undefined || intent?.kind !== 'invalid') return
    if (answer.status < 200 || answer.status > 299) return
    // Nothing was sent back that could be of the wrong type.
    if (intent.breach.part === 'accept' && answer.body.length === 0) return
    yield {
      summary: `${subjectOf(operation)} answered ${answer.status} to a request that the document forbids: ${intent.words}.`,
      expected: `a refusal (4xx); the document wants ${breach.expected}`,
      actual: `${answer.status}`,
      pointer: breach.pointer,
    }
  },
}
