import { subjectOf, type Check } from './check.ts'

/** The provider must answer, whatever it is asked. */
export const noAnswer: Check = {
  code: 'no-answer',
  mootAfter: [],
  *check({ operation, exchange, answer }) {
    if (answer !== undefined || exchange.failure === undefined) return
    yield {
      summary: `${subjectOf(operation)} was not answered: ${exchange.failure}.`,
      expected: 'an answer',
      actual: exchange.failure,
      pointer: operation.pointer,
    }
  },
}
