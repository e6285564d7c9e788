import { subjectOf, type ObservationCheck } from './check.ts'
import { named } from '../json.ts'
import { isSuccess, statusesOf } from './statuses.ts'

/** The total of a list is how many there are on all of its pages, whatever the page. */
export const totalWrong: ObservationCheck = {
  code: 'total-wrong',
  check(observation) {
    const { operation, facts, pointer } = observation
    if (!statusesOf(observation).every(isSuccess) || facts['total'] === facts['count']) return null
    return {
      summary: `${subjectOf(operation)} says in ${named(facts['where'])} that there are ${named(facts['total'])}, and its pages hold ${named(facts['count'])}.`,
      expected: named(facts['count']),
      actual: named(facts['total']),
      pointer,
    }
  },
}
