import type { Stranger } from '../types.ts'
import { subjectOf, type Check } from './check.ts'

/** Whose credential is known and not enough: letting them in is another thing than letting in anybody. */
const known: ReadonlySet<Stranger> = new Set(['scopes', 'rejected'])

/** Where a credential is asked for, nobody is let in without one that is good there. */
export const credentialIgnored: Check = {
  code: 'credential-ignored',
  mootAfter: ['truncated-answer', 'server-error'],
  *check({ operation, planned, answer }) {
    const { intent } = planned
    if (answer === undefined || intent?.kind !== 'stranger') return
    if (answer.status < 200 || answer.status > 299) return
    yield {
      summary: `${subjectOf(operation)} answered ${answer.status} to a request ${intent.words}.`,
      expected: 'a refusal: the document asks for a credential here',
      actual: String(answer.status),
      pointer: operation.pointer,
      ...(known.has(intent.who) ? { aspect: intent.who } : {}),
    }
  },
}
