import { headerOf } from '../../model/http.ts'
import { subjectOf, type Check } from './check.ts'

/** An answer to HEAD, a 204 and a 304 have no body, and a 204 announces none. */
export const bodyForbidden: Check = {
  code: 'body-forbidden',
  mootAfter: ['server-error', 'documented-server-error'],
  *check({ operation, exchange, answer, response, mayHaveBody }) {
    if (answer === undefined || mayHaveBody) return
    const length = headerOf(answer.headers, 'content-length')
    const isAnnounced =
      answer.status === 204 &&
      ((length !== undefined && length !== '0') ||
        headerOf(answer.headers, 'transfer-encoding') !== undefined)
    const came = exchange.failure?.startsWith('more bytes') === true || answer.body.length > 0
    if (!isAnnounced && !came) return
    yield {
      summary: `${subjectOf(operation)} answered ${answer.status} with a body, which HTTP does not allow there.`,
      expected: 'no body',
      actual: length === undefined ? 'a body' : `Content-Length: ${length}`,
      pointer: response?.pointer ?? operation.pointer,
    }
  },
}
