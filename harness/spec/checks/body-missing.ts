import { isJson } from '../media-type.ts'
import { subjectOf, type Check } from './check.ts'

/** Where the document describes a JSON body, one must come: no JSON text is empty. */
export const bodyMissing: Check = {
  code: 'body-missing',
  mootAfter: ['server-error', 'documented-server-error', 'truncated-answer'],
  *check({ operation, answer, response, mayHaveBody }) {
    if (answer === undefined || response === undefined || !mayHaveBody) return
    if (answer.body.length > 0 || response.content.length === 0) return
    // A redirect may leave out what its document describes; any other media type may be empty.
    if (answer.status >= 300 && answer.status < 400) return
    if (
      !response.content.every(({ mediaType, schema }) => isJson(mediaType) && schema !== undefined)
    )
      return
    yield {
      summary: `${subjectOf(operation)} answered ${answer.status} without a body, and the document describes one.`,
      expected: `a body in ${response.content.map(({ mediaType }) => mediaType).join(' or ')}`,
      actual: 'no body',
      pointer: response.content[0]?.pointer ?? response.pointer,
    }
  },
}
