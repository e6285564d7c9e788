import { named } from '../json.ts'
import { subjectOf, type ObservationCheck } from './check.ts'
import { isSuccess, statusesOf } from './statuses.ts'

/** PUT is idempotent: the second of two alike makes nothing new. Exchanges: once, and once more. */
export const putAdds: ObservationCheck = {
  code: 'put-adds',
  check(observation) {
    const { operation, facts, pointer } = observation
    const [first, second] = statusesOf(observation)
    if (!isSuccess(first) || !isSuccess(second)) return null
    const { before, after, count } = facts
    const isMore = typeof before === 'number' && typeof after === 'number' && after > before
    const isTwice = typeof count === 'number' && count > 1
    if (second !== 201 && !isMore && !isTwice) return null
    return {
      summary: `${subjectOf(operation)} was sent twice with the same body, and the second made something new.`,
      expected: 'what was there after the first',
      actual:
        second === 201
          ? '201 to both'
          : isTwice
            ? `it is listed ${named(count)} times`
            : `${named(after)} in the list that had ${named(before)}`,
      pointer,
    }
  },
}
