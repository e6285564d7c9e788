import { headerOf } from '../../model/http.ts'
import { subjectOf, type Check } from './check.ts'

/** An answer must be as long as it says, and end. */
export const truncatedAnswer: Check = {
  code: 'truncated-answer',
  mootAfter: ['body-forbidden'],
  *check({ operation, exchange, answer, response }) {
    if (answer === undefined || exchange.failure === undefined) return
    const length = headerOf(answer.headers, 'content-length')
    yield {
      summary: `The answer ${answer.status} of ${subjectOf(operation)} is not whole: ${exchange.failure}.`,
      expected:
        length === undefined ? 'an answer that ends' : `${length} bytes, as Content-Length says`,
      actual: exchange.failure,
      pointer: response?.pointer ?? operation.pointer,
    }
  },
}
