import { subjectOf, type ObservationCheck } from './check.ts'
import { named, shown } from '../json.ts'
import { isSuccess, statusesOf } from './statuses.ts'

/**
 * PUT replaces: what it does not hold is not kept. Exchanges: all is written, only what is required is,
 * it is read.
 */
export const putMerges: ObservationCheck = {
  code: 'put-merges',
  check(observation) {
    const { operation, facts, pointer } = observation
    if (!statusesOf(observation).every(isSuccess)) return null
    return {
      summary: `${subjectOf(operation)} was sent without "${named(facts['name'])}", and what it was before is read still.`,
      expected: 'what the PUT holds, or a default',
      actual: shown(facts['value']),
      pointer,
    }
  },
}
