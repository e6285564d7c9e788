import { subjectOf, type Check } from './check.ts'

/** A body must say of what media type it is, where the document promises one. */
export const mediaTypeMissing: Check = {
  code: 'media-type-missing',
  mootAfter: ['server-error', 'documented-server-error', 'truncated-answer', 'body-forbidden'],
  *check({ operation, answer, response, contentType, mayHaveBody }) {
    if (answer === undefined || response === undefined || !mayHaveBody) return
    if (contentType !== undefined || answer.body.length === 0 || response.content.length === 0)
      return
    yield {
      summary: `${subjectOf(operation)} answered ${answer.status} with a body and no Content-Type.`,
      expected: `Content-Type: ${response.content.map(({ mediaType }) => mediaType).join(' or ')}`,
      actual: 'no Content-Type',
      pointer: response.content[0]?.pointer ?? response.pointer,
    }
  },
}
