import { headerOf } from '../../model/http.ts'
import { essenceOf } from '../media-type.ts'
import { subjectOf, type Check } from './check.ts'

/**
 * The media type of a body must be a documented one. An error may follow the request's `Accept`
 * instead (RFC 9110, 12.5.1): the client said that it understands that.
 */
export const mediaTypeUndocumented: Check = {
  code: 'media-type-undocumented',
  mootAfter: ['server-error', 'documented-server-error', 'truncated-answer', 'body-forbidden'],
  *check({ operation, exchange, answer, response, contentType, content, mayHaveBody }) {
    if (answer === undefined || response === undefined || !mayHaveBody) return
    if (contentType === undefined || content !== undefined) return
    if (answer.body.length === 0 || response.content.length === 0) return
    const accepted = (headerOf(exchange.request.headers, 'accept') ?? '').split(',').map(essenceOf)
    if (answer.status >= 400 && accepted.includes(essenceOf(contentType))) return
    const documented = response.content.map(({ mediaType }) => mediaType).join(' or ')
    yield {
      summary: `${subjectOf(operation)} answered ${answer.status} in ${contentType}, and the document says ${documented}.`,
      expected: documented,
      actual: contentType,
      aspect: essenceOf(contentType),
      pointer: response.content[0]?.pointer ?? response.pointer,
    }
  },
}
