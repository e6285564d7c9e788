import { named } from '../json.ts'
import { subjectOf, type ObservationCheck } from './check.ts'
import { isSuccess, statusesOf } from './statuses.ts'

/**
 * An Allow header lists the methods that there are (RFC 9110, 10.2.1), so also the one that is documented
 * and works. Exchanges: what said it, and that method right after.
 */
export const allowIncomplete: ObservationCheck = {
  code: 'allow-incomplete',
  check(observation) {
    const { operation, facts, pointer } = observation
    const [told, done] = statusesOf(observation)
    const methods = new Set(
      named(facts['allow'])
        .split(',')
        .map((method) => method.trim().toUpperCase()),
    )
    if (!isSuccess(done) || methods.has(operation.method) || methods.has('*')) return null
    return {
      summary: `${subjectOf(operation)} answered ${done}, and the Allow of ${named(facts['asked'])} there (${told}) is without ${operation.method}.`,
      expected: `an Allow with ${operation.method}`,
      actual: `Allow: ${named(facts['allow'])}`,
      pointer,
    }
  },
}
