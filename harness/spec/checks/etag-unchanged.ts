import { subjectOf, type ObservationCheck } from './check.ts'
import { named } from '../json.ts'
import { isSuccess, statusesOf } from './statuses.ts'

/** What changes has another tag after it. Exchanges: it is read, changed, read. */
export const etagUnchanged: ObservationCheck = {
  code: 'etag-unchanged',
  check(observation) {
    const { operation, facts, pointer } = observation
    if (!statusesOf(observation).every(isSuccess)) return null
    if (facts['isChanged'] !== true || facts['stale'] !== facts['fresh']) return null
    return {
      summary: `${subjectOf(operation)} changed the thing, and its ETag is the same as before.`,
      expected: `another ETag than ${named(facts['stale'])}`,
      actual: named(facts['fresh']),
      pointer,
    }
  },
}
