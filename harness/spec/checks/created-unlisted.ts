import { subjectOf, type ObservationCheck } from './check.ts'
import { named } from '../json.ts'
import { isSuccess, statusesOf } from './statuses.ts'

/** What was made is listed among its kind. Exchanges: it is made, its kind is listed. */
export const createdUnlisted: ObservationCheck = {
  code: 'created-unlisted',
  check(observation) {
    const { operation, facts, pointer } = observation
    const [made, listed] = statusesOf(observation)
    if (!isSuccess(made) || !isSuccess(listed) || facts['count'] !== 0) return null
    return {
      summary: `What ${subjectOf(operation)} made is not in the list of GET ${named(facts['path'])}.`,
      expected: 'a list that holds it',
      actual: 'a list without it',
      pointer,
    }
  },
}
