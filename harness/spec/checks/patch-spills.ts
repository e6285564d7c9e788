import { subjectOf, type ObservationCheck } from './check.ts'
import { named, shown } from '../json.ts'
import { isSuccess, statusesOf } from './statuses.ts'

/** A PATCH changes what it names and nothing else. Exchanges: before, the PATCH, after. */
export const patchSpills: ObservationCheck = {
  code: 'patch-spills',
  check(observation) {
    const { operation, facts, pointer } = observation
    if (!statusesOf(observation).every(isSuccess)) return null
    const read = facts['read']
    return {
      summary: `${subjectOf(operation)} named only "${named(facts['named'])}", and "${named(facts['name'])}" changed too.`,
      expected: shown(facts['written']),
      actual: read === undefined ? 'nothing' : shown(read),
      pointer,
    }
  },
}
