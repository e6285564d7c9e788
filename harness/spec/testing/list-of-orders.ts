import type { RequestListener } from 'node:http'
import type { JsonObject } from '../json.ts'
import { inJson } from './document.ts'

/** How a list of orders behaves, where it is otherwise than its document says. */
export interface ListFaults {
  /** The largest `limit` that is taken. */
  readonly limitMax?: number
  readonly methods?: readonly string[]
  /** The Allow header of a 405. */
  readonly allow?: string | undefined
  /** What a refusal says. */
  readonly detail?: string
}

const problem: JsonObject = {
  type: 'object',
  required: ['field', 'detail'],
  properties: { field: { type: 'string' }, detail: { type: 'string' } },
}

/** `GET /orders` with a `limit` from 1 to 100 and a `state`. */
const document: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Orders', version: '1' },
  paths: {
    '/orders': {
      get: {
        operationId: 'listOrders',
        parameters: [
          { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 100 } },
          { name: 'state', in: 'query', schema: { type: 'string', enum: ['open', 'paid'] } },
        ],
        responses: { '200': inJson({ type: 'array' }), '400': inJson(problem) },
      },
    },
  },
}

const listener =
  (faults: ListFaults): RequestListener =>
  (request, response) => {
    const { limitMax = 100, methods = ['GET'], detail } = faults
    const answer = (status: number, body: unknown, headers = {}): void => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers })
      response.end(JSON.stringify(body))
    }
    const refuse = (field: string, words: string): void =>
      answer(400, { field, detail: detail ?? words })
    if (!methods.includes(request.method ?? '')) {
      const allow = 'allow' in faults ? faults.allow : 'GET'
      answer(405, {}, allow === undefined ? {} : { allow })
      return
    }
    const query = new URL(request.url ?? '/', 'http://x').searchParams
    const limit = query.get('limit') ?? '10'
    if (!/^\d+$/.test(limit) || Number(limit) < 1 || Number(limit) > limitMax)
      refuse('limit', `must be from 1 to ${limitMax}`)
    else if (!['open', 'paid'].includes(query.get('state') ?? 'open'))
      refuse('state', 'must be open or paid')
    else answer(200, [])
  }

/** A document, a provider of it that is broken so, and one that keeps it. */
export const listOfOrders = (faults: ListFaults) => ({
  document,
  broken: listener(faults),
  sound: listener({}),
})
