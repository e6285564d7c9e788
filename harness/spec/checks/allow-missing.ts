import { headerOf } from '../../model/http.ts'
import type { Check } from './check.ts'

/** A 405 must say which methods there are, and the refused one is not among them. */
export const allowMissing: Check = {
  code: 'allow-missing',
  mootAfter: ['truncated-answer'],
  *check({ operation, planned, answer }) {
    if (answer?.status !== 405) return
    const allow = headerOf(answer.headers, 'allow')
    const methods = allow?.split(',').map((method) => method.trim().toUpperCase())
    if (methods !== undefined && !methods.includes(planned.method)) return
    yield {
      summary:
        allow === undefined
          ? `${planned.method} ${operation.path} answered 405 without saying which methods there are.`
          : `${planned.method} ${operation.path} answered 405, and its Allow lists ${planned.method}.`,
      expected: 'an Allow header that lists the methods of the path',
      actual: allow === undefined ? 'no Allow' : `Allow: ${allow}`,
      pointer: operation.pointer.slice(0, operation.pointer.lastIndexOf('/')),
    }
  },
}
