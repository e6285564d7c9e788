import { subjectOf, type ObservationCheck } from './check.ts'
import { named } from '../json.ts'
import { isSuccess, statusesOf } from './statuses.ts'

/** If-Match guards against lost updates, If-None-Match spares an answer. Exchanges: it holds, it does not. */
export const preconditionIgnored: ObservationCheck = {
  code: 'precondition-ignored',
  check(observation) {
    const { operation, facts, pointer } = observation
    const [first, second] = statusesOf(observation)
    if (!isSuccess(first) || !isSuccess(second)) return null
    const isMatch = facts['header'] === 'If-Match'
    return {
      summary: `${subjectOf(operation)} answered ${second} to an ${named(facts['header'])} ${isMatch ? 'with a tag that the thing has no longer' : 'with the tag that the thing has'}.`,
      expected: named(facts['wanted']),
      actual: String(second),
      pointer,
    }
  },
}
