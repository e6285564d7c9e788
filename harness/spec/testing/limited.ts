import type { RequestListener } from 'node:http'
import type { JsonObject } from '../json.ts'
import { inJson } from './document.ts'
import { json } from './provider.ts'

/** How a limited provider behaves, where it is otherwise than its document says. */
export interface LimitFaults {
  /** After how many requests it refuses. */
  readonly count?: number
  /** What it says of when to come back. */
  readonly retryAfter?: string | undefined
}

const document: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Quotes', version: '1' },
  paths: {
    '/quote': {
      get: {
        responses: {
          '200': inJson({ type: 'object' }),
          '429': {
            ...inJson({ type: 'object' }),
            description: 'At most 8 requests per minute.',
            headers: { 'Retry-After': { schema: { type: 'string' } } },
          },
        },
      },
    },
  },
}

const listener = (faults: LimitFaults): RequestListener => {
  const { count = 8 } = faults
  const retryAfter = 'retryAfter' in faults ? faults.retryAfter : '20'
  let asked = 0
  return (request, response) => {
    asked += 1
    if (asked > count)
      return json(
        429,
        {},
        retryAfter === undefined ? {} : { 'retry-after': retryAfter },
      )(request, response)
    return request.method === 'GET' || request.method === 'HEAD'
      ? json(200, {})(request, response)
      : json(405, {}, { allow: 'GET, HEAD' })(request, response)
  }
}

/** `GET /quote`, eight times a minute: a provider that is broken so, and one that keeps it. */
export const limited = (faults: LimitFaults) => ({
  document,
  broken: listener(faults),
  sound: listener({}),
  technique: 'sequences' as const,
})
