import type { Breach, Operation } from '../types.ts'
import { subjectOf, type Check } from './check.ts'

/**
 * Whether a document tells nobody apart what is gone and what never was: then a name that nothing can
 * have is answered as any other that nothing has.
 */
const isGoneAnyway = ({ method, responses }: Operation, breach: Breach): boolean =>
  method === 'DELETE' &&
  breach.part === 'parameter' &&
  breach.parameter.in === 'path' &&
  !responses.some(({ status }) => /^(400|404|410|422|4XX|default)$/i.test(status))

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
    if (isGoneAnyway(operation, intent.breach)) return
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
