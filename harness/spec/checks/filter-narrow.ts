import { subjectOf, type ObservationCheck } from './check.ts'
import { named } from '../json.ts'
import { isSuccess, statusesOf } from './statuses.ts'

/** What is in the whole list and is what was asked for is in the filtered list. */
export const filterNarrow: ObservationCheck = {
  code: 'filter-narrow',
  check(observation) {
    const { operation, facts, pointer } = observation
    if (!statusesOf(observation).every(isSuccess)) return null
    return {
      summary: `${subjectOf(operation)} with ${named(facts['query'])} leaves out something of which it is ${named(facts['found'])}.`,
      expected: named(facts['wanted']),
      actual: named(facts['found']),
      pointer,
    }
  },
}
