import { subjectOf, type ObservationCheck } from './check.ts'
import { named } from '../json.ts'
import { isSuccess, statusesOf } from './statuses.ts'

/** All pages of a list together are the list: nothing is missing, nothing comes twice, none is too large. */
export const pagesWrong: ObservationCheck = {
  code: 'pages-wrong',
  check(observation) {
    const { operation, facts, pointer } = observation
    if (!statusesOf(observation).every(isSuccess)) return null
    const { what, parameter, wanted, came } = facts
    return {
      summary: `The pages of ${subjectOf(operation)} by "${named(parameter)}" ${named(what)}.`,
      expected: named(wanted),
      actual: named(came),
      pointer,
    }
  },
}
