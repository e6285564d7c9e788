import { subjectOf, type Check } from './check.ts'

/** A success that documents no body has none. Of errors documents often leave it out: they may. */
export const bodyUndocumented: Check = {
  code: 'body-undocumented',
  mootAfter: ['body-forbidden', 'truncated-answer'],
  *check({ operation, answer, response, mayHaveBody, contentType }) {
    if (answer === undefined || response === undefined || !mayHaveBody) return
    if (answer.status < 200 || answer.status > 299) return
    if (response.content.length > 0 || answer.body.length === 0) return
    yield {
      summary: `${subjectOf(operation)} answered ${answer.status} with a body, and the document describes none.`,
      expected: 'no body',
      actual: `${answer.body.length} bytes of ${contentType ?? 'no media type'}`,
      pointer: response.pointer,
    }
  },
}
