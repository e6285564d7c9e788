import { subjectOf, type ObservationCheck } from './check.ts'
import { named } from '../json.ts'
import { isSuccess, statusesOf } from './statuses.ts'

/** Each item of a filtered list is what was asked for. */
export const filterIgnored: ObservationCheck = {
  code: 'filter-ignored',
  check(observation) {
    const { operation, facts, pointer } = observation
    if (!statusesOf(observation).every(isSuccess)) return null
    return {
      summary: `${subjectOf(operation)} with ${named(facts['query'])} holds something of which it is ${named(facts['found'])}.`,
      expected: named(facts['wanted']),
      actual: named(facts['found']),
      pointer,
    }
  },
}
