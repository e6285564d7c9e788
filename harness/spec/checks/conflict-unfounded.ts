import { named, shown } from '../json.ts'
import { subjectOf, type ObservationCheck } from './check.ts'
import { isSuccess, statusesOf } from './statuses.ts'

/**
 * What the document says does not conflict is not refused as a conflict. Exchanges: what is there, one
 * that is far from it and is taken, one that touches it.
 */
export const conflictUnfounded: ObservationCheck = {
  code: 'conflict-unfounded',
  check(observation) {
    const { operation, facts, pointer } = observation
    const [first, apart, touching] = statusesOf(observation)
    if (!isSuccess(first) || !isSuccess(apart) || touching !== 409) return null
    return {
      summary: `${subjectOf(operation)} answered 409 to a range that ${named(facts['how'])}, and took one that is apart: the document says ${shown(facts['words'], 160)}.`,
      expected: String(apart),
      actual: '409',
      pointer,
    }
  },
}
