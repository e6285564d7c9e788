import { subjectOf, type Check } from './check.ts'

/** Every status that comes must be documented, alone, in a range, or as `default`. */
export const statusUndocumented: Check = {
  code: 'status-undocumented',
  mootAfter: ['server-error', 'truncated-answer'],
  *check({ operation, answer, response }) {
    if (answer === undefined || response !== undefined) return
    const documented = operation.responses.map(({ status }) => status).join(', ')
    yield {
      summary: `${subjectOf(operation)} answered ${answer.status}, and the document says nothing of that status.`,
      expected: `one of ${documented}`,
      actual: String(answer.status),
      pointer: `${operation.pointer}/responses`,
    }
  },
}
