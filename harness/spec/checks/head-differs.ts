import type { ObservationCheck } from './check.ts'
import { headerOf } from '../../model/http.ts'
import { isSuccess, statusesOf } from './statuses.ts'

/**
 * HEAD answers what GET would, without the body. A provider that has no HEAD at all says so with 405 or
 * 501. What differs from GET to GET is not compared. Exchanges: GET, HEAD, GET.
 */
export const headDiffers: ObservationCheck = {
  code: 'head-differs',
  check(observation) {
    const { operation, exchanges, pointer } = observation
    const [get, head] = statusesOf(observation)
    if (!isSuccess(get) || head === 405 || head === 501 || head === 0) return null
    const [a, b, c] = exchanges.map(({ answer }) =>
      headerOf(answer?.headers ?? [], 'content-length'),
    )
    const isOther = a !== undefined && a === c && b !== undefined && a !== b
    if (head === get && !isOther) return null
    return {
      summary: `HEAD ${operation.path} answered otherwise than GET: ${head === get ? 'Content-Length' : 'the status'} differs.`,
      expected: head === get ? `Content-Length: ${a}` : String(get),
      actual: head === get ? `Content-Length: ${b}` : String(head),
      pointer,
    }
  },
}
