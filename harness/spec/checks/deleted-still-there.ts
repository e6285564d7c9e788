import { subjectOf, type ObservationCheck } from './check.ts'
import { isSuccess, statusesOf } from './statuses.ts'

/** What is deleted can neither be read nor found in a list. Exchanges: it is deleted, it is looked for. */
export const deletedStillThere: ObservationCheck = {
  code: 'deleted-still-there',
  check(observation) {
    const { operation, facts, pointer } = observation
    const [deleted, found = 0] = statusesOf(observation)
    const isListed = facts['how'] === 'listed'
    if (!isSuccess(deleted) || !isSuccess(found) || (isListed && facts['count'] === 0)) return null
    return {
      summary: `${subjectOf(operation)} answered ${deleted}, and the thing is ${isListed ? 'listed' : 'read'} still.`,
      expected: isListed ? 'a list without it' : '404 or 410',
      actual: isListed ? 'a list with it' : String(found),
      pointer,
    }
  },
}
