import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FakeLink } from './fake-link.ts'

/** What a provider of these tests can do wrong; each is one thing. */
export type Quirk =
  | 'refuses orders'
  | 'forgets Location'
  | 'says closed'
  | 'hangs up on payments'
  | 'stores payments twice'
  | 'gives no token'
  | 'never asks payments'
  | 'survives the fault'
  | 'answers 502'
  | 'is slow to notice'
  | 'logs nothing'
  | 'stays broken'
  | 'recovers late'
  | 'stores a payment that timed out'
  | 'asks payments for reading'
  | 'ignores its settings'
  | 'refuses the repair'
  | 'pays without payments after a while'
  | 'forgets orders of hard times'

/** A small provider in this process, with its upstream behind a fake link. */
export interface OrdersProvider extends AsyncDisposable {
  readonly url: string
  readonly log: readonly string[]
  readonly requests: readonly string[]
  readonly query: (text: string, values: readonly unknown[]) => readonly Record<string, unknown>[]
}

interface Answer {
  readonly status: number
  readonly body?: object
  readonly text?: string
  readonly headers?: Readonly<Record<string, string>>
}

const lateMilliseconds = 2000

export const startOrdersProvider = async (
  payments: FakeLink,
  quirks: ReadonlySet<Quirk>,
  environment: Readonly<Record<string, string>> = {},
): Promise<OrdersProvider> => {
  const log: string[] = []
  const requests: string[] = []
  const stored: string[] = []
  const keys = new Map<string, Answer>()
  let brokenSince: number | undefined
  const setting = quirks.has('ignores its settings')
    ? undefined
    : environment['PAYMENTS_TIMEOUT_MS']
  const upstreamMilliseconds = Number(setting ?? (quirks.has('is slow to notice') ? 1200 : 300))

  const isBroken = (): boolean => {
    if (brokenSince === undefined) return false
    return (
      quirks.has('stays broken') ||
      (quirks.has('recovers late') && Date.now() - brokenSince < lateMilliseconds)
    )
  }

  /** Whether the upstream answered. */
  const askPayments = async (): Promise<boolean> => {
    if (quirks.has('never asks payments')) return true
    if (isBroken()) return false
    if (quirks.has('pays without payments after a while') && brokenSince !== undefined) return true
    if (!payments.touch()) return true
    await sleep(upstreamMilliseconds)
    if (quirks.has('survives the fault')) return true
    brokenSince ??= Date.now()
    if (!quirks.has('logs nothing')) log.push('{"level":"warn","message":"payments unreachable"}')
    return false
  }

  const pay = async (order: string, key: string): Promise<Answer> => {
    const before = keys.get(key)
    if (before !== undefined) return before
    if (!(await askPayments())) {
      if (quirks.has('stores a payment that timed out')) stored.push(order)
      const headers = { 'Retry-After': '1' }
      return {
        status: quirks.has('answers 502') ? 502 : 504,
        headers,
        text: `no luck after ${upstreamMilliseconds} ms`,
      }
    }
    stored.push(order)
    if (quirks.has('stores payments twice')) stored.push(order)
    const answer = {
      status: 201,
      body: { status: quirks.has('says closed') ? 'closed' : 'paid', paidAt: 'now', card: 'x' },
    }
    keys.set(key, answer)
    return answer
  }

  const route = async (request: IncomingMessage): Promise<Answer> => {
    const [, first = '', order = '', child] = (request.url ?? '').split('/')
    requests.push(`${request.method} ${request.url} ${request.headers.authorization ?? 'nobody'}`)
    if (!['orders', 'metrics', 'health', 'repair'].includes(first) || child === 'items')
      return { status: 404 }
    if (request.method === 'PUT') return { status: 405 }
    if (request.method === 'POST' && child === 'payments')
      return pay(order, String(request.headers['idempotency-key']))
    if (request.url === '/metrics')
      return { status: 200, text: `payments_lost_total ${log.length}` }
    if (request.url === '/health') return { status: 200, text: brokenSince ? 'limping' : 'fine' }
    if (request.url === '/repair') return { status: quirks.has('refuses the repair') ? 409 : 204 }
    if (request.method === 'POST') {
      const location = quirks.has('forgets Location') ? {} : { Location: '/orders/o-1' }
      const hard = quirks.has('forgets orders of hard times') && brokenSince !== undefined
      const placed = hard ? 'o-gone' : 'o-1'
      const token = quirks.has('gives no token') ? {} : { token: 't-1' }
      return quirks.has('refuses orders')
        ? { status: 422, body: { title: 'no such sku' } }
        : {
            status: 201,
            headers: location,
            body: { id: placed, status: 'open', number: 1, ...token },
          }
    }
    if (request.method === 'DELETE') return { status: 204 }
    if (order === 'o-gone') return { status: 404 }
    const reads = !quirks.has('asks payments for reading') || (await askPayments())
    return reads ? { status: 200, body: { id: order, payments: stored.length } } : { status: 504 }
  }

  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    request.resume()
    await once(request, 'end')
    const { status, body, text, headers = {} } = await route(request)
    if (quirks.has('hangs up on payments') && request.url?.endsWith('/payments') === true) {
      response.destroy()
      return
    }
    const type = body === undefined ? {} : { 'Content-Type': 'application/json; charset=utf-8' }
    response.writeHead(status, { ...type, ...headers })
    response.end(body === undefined ? text : JSON.stringify(body))
  }

  const server = createServer((request, response) => {
    void respond(request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    log,
    requests,
    query: (_, values) => [
      { payments: String(stored.filter((order) => order === values[0]).length) },
    ],
    [Symbol.asyncDispose]: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
