import { subjectOf, type ObservationCheck } from './check.ts'
import { named, shown } from '../json.ts'
import { isSuccess, statusesOf } from './statuses.ts'

/**
 * What the document says is refused in a state does not succeed in it. Exchanges: what led there, and
 * the request that should have been refused.
 */
export const conflictAccepted: ObservationCheck = {
  code: 'conflict-accepted',
  check(observation) {
    const { operation, facts, pointer } = observation
    const status = statusesOf(observation).at(-1)
    if (!isSuccess(status)) return null
    return {
      summary: `${subjectOf(operation)} answered ${status} to what ${named(facts['state'])}: the document says "${shown(facts['words'], 160).slice(1, -1)}".`,
      expected: `a refusal (${named(facts['refusal'] ?? 409)})`,
      actual: String(status),
      pointer,
    }
  },
}
