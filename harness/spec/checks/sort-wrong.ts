import { subjectOf, type ObservationCheck } from './check.ts'
import { named } from '../json.ts'
import { isSuccess, statusesOf } from './statuses.ts'

/** A list that is asked for in an order is in that order. */
export const sortWrong: ObservationCheck = {
  code: 'sort-wrong',
  check(observation) {
    const { operation, facts, pointer } = observation
    if (!statusesOf(observation).every(isSuccess)) return null
    return {
      summary: `${subjectOf(operation)} with ${named(facts['query'])} is not in that order by "${named(facts['property'])}".`,
      expected: `${named(facts['first'])} ${facts['isDown'] === true ? 'after' : 'before'} ${named(facts['second'])}`,
      actual: 'the other way round',
      pointer,
    }
  },
}
