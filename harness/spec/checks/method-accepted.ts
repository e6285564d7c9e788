import type { Check } from './check.ts'

/** A method that the document does not have on a path must not do anything. */
export const methodAccepted: Check = {
  code: 'method-accepted',
  mootAfter: [],
  *check({ operation, planned, answer }) {
    if (answer === undefined || planned.intent?.kind !== 'method') return
    if (answer.status < 200 || answer.status > 299) return
    yield {
      summary: `${planned.method} ${operation.path} answered ${answer.status}, and the document has no such operation.`,
      expected: '405, or another refusal',
      actual: String(answer.status),
      pointer: operation.pointer.slice(0, operation.pointer.lastIndexOf('/')),
    }
  },
}
