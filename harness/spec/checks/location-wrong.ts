import { subjectOf, type ObservationCheck } from './check.ts'
import { named } from '../json.ts'
import { isGone, isSuccess, statusesOf } from './statuses.ts'

/**
 * What was made is where its Location says; without one, where things of its kind are read.
 *
 * Exchanges: it is made, it is looked for.
 */
export const locationWrong: ObservationCheck = {
  code: 'location-wrong',
  check(observation) {
    const { operation, facts, pointer } = observation
    const [made = 0, found] = statusesOf(observation)
    const location = facts['location']
    const where = location === undefined ? 'where its kind is read' : `at ${named(location)}`
    if (!isSuccess(made)) return null
    const isLost = isGone(found)
    if (!isLost && !(isSuccess(found) && facts['isOther'] === true)) return null
    return {
      summary: `What ${subjectOf(operation)} made with ${made} is not ${where}.`,
      expected: 'the thing that was made',
      actual: isLost ? String(found) : 'another thing',
      pointer,
    }
  },
}
