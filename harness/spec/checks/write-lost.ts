import { subjectOf, type ObservationCheck } from './check.ts'
import { named, shown } from '../json.ts'
import { isSuccess, statusesOf } from './statuses.ts'

/**
 * What is written is what is read, in the answer and after it; what a provider may write otherwise was
 * told apart before. Exchanges: it is written, it is read.
 */
export const writeLost: ObservationCheck = {
  code: 'write-lost',
  check(observation) {
    const { operation, facts, pointer } = observation
    if (!statusesOf(observation).every(isSuccess)) return null
    const part = named(facts['at']).slice(1).replaceAll('/', '.')
    const read = facts['read']
    return {
      summary: `${subjectOf(operation)} took "${part}", and what is read after it is ${read === undefined ? 'without it' : 'another value'}.`,
      expected: shown(facts['written']),
      actual: read === undefined ? 'nothing' : shown(read),
      pointer,
    }
  },
}
