import { named } from '../json.ts'
import { subjectOf, type ObservationCheck } from './check.ts'
import { isSuccess, statusesOf } from './statuses.ts'

/**
 * Deleting what is deleted already does nothing more (RFC 9110, 9.2.2), whatever is answered. Exchanges:
 * it is deleted, the list, it is deleted once more, the list.
 */
export const deleteRepeats: ObservationCheck = {
  code: 'delete-repeats',
  check(observation) {
    const { operation, facts, pointer } = observation
    const [first, listed, again, relisted] = statusesOf(observation)
    const [before, after] = [Number(facts['before']), Number(facts['after'])]
    if (![first, listed, relisted].every(isSuccess) || after >= before) return null
    return {
      summary: `${subjectOf(operation)} was sent twice for one thing, and the second (${again}) took another one away: ${before} were listed before it, ${named(after)} after it.`,
      expected: `${before} listed`,
      actual: String(after),
      pointer,
    }
  },
}
