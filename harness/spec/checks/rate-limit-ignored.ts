import { named, shown } from '../json.ts'
import { subjectOf, type ObservationCheck } from './check.ts'
import { statusesOf } from './statuses.ts'

/**
 * A limit that the document names is kept: who asks more often is answered 429 (RFC 6585, 4). Exchanges:
 * the last of so many and one, unless one before it was refused.
 */
export const rateLimitIgnored: ObservationCheck = {
  code: 'rate-limit-ignored',
  check(observation) {
    const { operation, facts, pointer } = observation
    const [last = 0] = statusesOf(observation)
    const isTooOften = Number(facts['asked']) > Number(facts['count'])
    if (!isTooOften || last === 429 || last >= 500 || last === 0 || facts['isInTime'] !== true)
      return null
    return {
      summary: `${subjectOf(operation)} was asked ${named(facts['asked'])} times in a row and answered ${last} still: the document says ${shown(facts['words'], 160)}.`,
      expected: '429',
      actual: String(last),
      pointer,
    }
  },
}
