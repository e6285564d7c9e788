import { subjectOf, type Check } from './check.ts'

/** A body must be what its media type and Content-Encoding say. */
export const bodyUnparseable: Check = {
  code: 'body-unparseable',
  mootAfter: [
    'server-error',
    'documented-server-error',
    'truncated-answer',
    'media-type-undocumented',
    'body-undocumented',
    'body-forbidden',
  ],
  *check({ operation, answer, response, content, contentType, body }) {
    if (answer === undefined || response === undefined || body.kind !== 'problem') return
    yield {
      summary: `The body that ${subjectOf(operation)} answered with ${answer.status} cannot be read: ${body.problem}.`,
      expected: `a body in ${contentType ?? content?.mediaType ?? 'its media type'}`,
      actual: body.problem,
      pointer: content?.pointer ?? response.pointer,
    }
  },
}
