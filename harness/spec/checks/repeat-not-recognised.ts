import { subjectOf, type ObservationCheck } from './check.ts'
import { named } from '../json.ts'
import { isSuccess, statusesOf } from './statuses.ts'

/**
 * A request under a key of its own is done once: a repeat is given the first answer, or a refusal.
 * Exchanges: the request, and the same once more.
 */
export const repeatNotRecognised: ObservationCheck = {
  code: 'repeat-not-recognised',
  check(observation) {
    const { operation, facts, pointer } = observation
    const [first, second] = statusesOf(observation)
    if (!isSuccess(first) || !isSuccess(second) || facts['isSameAnswer'] === true) return null
    return {
      summary: `${subjectOf(operation)} was sent twice under the same ${named(facts['header'])}, and answered with something new.`,
      expected: 'the first answer once more',
      actual: `${second} with another body`,
      pointer,
    }
  },
}
