import { describe, expect, test } from 'vitest'
import type { OperationSeen, PlannedRequest } from '../types.ts'
import { traced } from './holes.ts'
import { templated } from './template.ts'

const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))

const planned = (method: string, target: string, body?: unknown): PlannedRequest => ({
  name: '',
  method,
  target,
  basePath: '',
  headers: [],
  credentials: [],
  ...(body === undefined ? {} : { body: bytes(body) }),
})

const seen = (
  request: PlannedRequest,
  body: unknown,
  headers: readonly (readonly [string, string])[] = [],
): OperationSeen['exchanges'][number] => ({
  planned: request,
  exchange: {
    request: { method: request.method, url: `http://h${request.target}`, headers: [] },
    answer: {
      status: 200,
      headers: [['Content-Type', 'application/json'], ...headers],
      body: bytes(body),
      milliseconds: 1,
    },
  },
})

/** The last of these requests as a recipe with all of them has it. */
const lastOf = (...exchanges: OperationSeen['exchanges']): readonly [string, string] => {
  const steps = templated(traced(exchanges), [...exchanges.keys()])
  const last = steps.at(-1)?.planned
  return [last?.target ?? '', new TextDecoder().decode(last?.body)]
}

const order = planned('POST', '/orders', { sku: 'A-1' })

describe('what came from an earlier answer', () => {
  test('is an id in the path, and in a body where it is called so', () => {
    const made = seen(order, { id: 7, count: 7 })
    const paid = seen(planned('POST', '/orders/7/payments', { orderId: 7, amount: 7 }), {})
    expect(lastOf(made, paid)).toEqual([
      '/orders/{{orders_id}}/payments',
      '{"orderId":{{orders_id}},"amount":7}',
    ])
  })

  test('is a Location that is followed', () => {
    const made = seen(order, {}, [['Location', 'http://h/orders/7?view=full']])
    expect(lastOf(made, seen(planned('GET', '/orders/7?view=full'), {}))[0]).toBe(
      '{{orders_location}}',
    )
  })

  test('is a cursor in the query', () => {
    const list = seen(planned('GET', '/orders'), { items: [], next: 'eyJhZnRlciI6N30' })
    const next = seen(planned('GET', '/orders?limit=2&after=eyJhZnRlciI6N30'), {})
    expect(lastOf(list, next)[0]).toBe('/orders?limit=2&after={{orders_next}}')
  })

  test('is not what was sent before it came back', () => {
    const made = seen(planned('POST', '/orders', { code: 'spring' }), { code: 'spring' })
    expect(lastOf(made, seen(planned('GET', '/orders/spring'), {}))[0]).toBe('/orders/spring')
  })

  test('is not what is the same by chance', () => {
    const made = seen(order, { id: 2, status: 'open' })
    const list = seen(planned('GET', '/orders?page=2&status=open'), {})
    expect(lastOf(made, list)[0]).toBe('/orders?page=2&status=open')
  })

  test('stays as it was sent where that answer is not kept', () => {
    const exchanges = [seen(order, { id: 7 }), seen(planned('GET', '/orders/7'), {})]
    expect(templated(traced(exchanges), [1])[0]?.planned.target).toBe('/orders/7')
  })

  test('is nothing of an error', () => {
    const failed = seen(order, { id: 7 })
    const answer = failed.exchange.answer
    const refused = {
      ...failed,
      exchange: { ...failed.exchange, ...(answer && { answer: { ...answer, status: 409 } }) },
    }
    expect(lastOf(refused, seen(planned('GET', '/orders/7'), {}))[0]).toBe('/orders/7')
  })
})
