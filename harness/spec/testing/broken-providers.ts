import type { RequestListener } from 'node:http'
import type { Credential } from '../../model/credential.ts'
import type { SpecCode } from '../codes.ts'
import type { JsonObject } from '../json.ts'
import type { Technique } from '../types.ts'
import { calendar } from './calendar.ts'
import { goodOrder, inJson, orderDocument } from './document.ts'
import { guardedOrder } from './guarded-order.ts'
import { limited } from './limited.ts'
import { listOfOrders } from './list-of-orders.ts'
import { json } from './provider.ts'
import { shelf } from './shelf.ts'

/** A document, a provider that breaks exactly one of its promises, and one that keeps them all. */
export interface BrokenProvider {
  readonly document: JsonObject
  readonly broken: RequestListener
  readonly sound: RequestListener
  /** What asks for it; absent: the documented examples. */
  readonly technique?: Technique
  readonly credentials?: readonly Credential[]
}

const empty =
  (status: number): RequestListener =>
  (_, response) => {
    response.writeHead(status).end()
  }

const sound = json(200, goodOrder)
const orders = orderDocument()

const withHeader = (header: JsonObject): JsonObject =>
  orderDocument({
    '200': inJson({ $ref: '#/components/schemas/Order' }, { headers: { ETag: header } }),
  })

/** Bytes that Node's own server would not send as an answer of its own. */
const raw =
  (...lines: readonly string[]): RequestListener =>
  (request) => {
    request.socket.end(lines.join('\r\n'))
  }

const goodText = JSON.stringify(goodOrder)

/** For each code a provider that breaks just that; a code without one does not compile. */
export const brokenProviders = {
  'no-answer': { document: orders, broken: (request) => request.socket.destroy(), sound },
  'truncated-answer': {
    document: orders,
    broken: raw(
      'HTTP/1.1 200 OK',
      'Content-Type: application/json',
      `Content-Length: ${goodText.length + 5}`,
      '',
      goodText,
    ),
    sound,
  },
  'server-error': { document: orders, broken: json(500, { title: 'TypeError' }), sound },
  'documented-server-error': {
    document: orderDocument({
      '200': inJson({ $ref: '#/components/schemas/Order' }),
      '503': inJson({}),
    }),
    broken: json(503, { title: 'not now' }),
    sound,
  },
  'status-undocumented': { document: orders, broken: json(202, goodOrder), sound },
  'header-missing': {
    document: withHeader({ required: true, schema: { type: 'string' } }),
    broken: sound,
    sound: json(200, goodOrder, { etag: '"1"' }),
  },
  'header-schema': {
    document: withHeader({ schema: { type: 'string', pattern: '^"' } }),
    broken: json(200, goodOrder, { etag: '1' }),
    sound: json(200, goodOrder, { etag: '"1"' }),
  },
  'body-forbidden': {
    document: orderDocument({ '204': { description: 'gone' } }, {}, 'delete'),
    broken: raw('HTTP/1.1 204 No Content', 'Content-Length: 5', '', 'hello'),
    sound: empty(204),
  },
  'body-undocumented': {
    document: orderDocument({ '202': { description: 'accepted' } }),
    broken: json(202, goodOrder),
    sound: empty(202),
  },
  'body-missing': { document: orders, broken: empty(200), sound },
  'media-type-missing': {
    document: orders,
    broken: (_, response) => response.end(goodText),
    sound,
  },
  'media-type-undocumented': {
    document: orders,
    broken: json(200, goodOrder, { 'content-type': 'text/html' }),
    sound,
  },
  'body-unparseable': {
    document: orders,
    broken: (_, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"id": 1'),
    sound,
  },
  'body-schema': { document: orders, broken: json(200, { ...goodOrder, id: '1' }), sound },
  'accepted-invalid': {
    ...listOfOrders({ limitMax: 101 }),
    technique: 'boundaries',
  },
  'refused-valid': {
    ...listOfOrders({ limitMax: 99 }),
    technique: 'boundaries',
  },
  'method-accepted': {
    ...listOfOrders({ methods: ['GET', 'DELETE'] }),
    technique: 'negatives',
  },
  'allow-missing': {
    ...listOfOrders({ allow: undefined }),
    technique: 'negatives',
  },
  'internals-shown': {
    ...listOfOrders({ detail: 'Error: no\n    at listOf (/srv/orders/list.js:81:13)' }),
    technique: 'negatives',
  },
  'credential-ignored': guardedOrder({ isLetIn: () => true }),
  'credential-status': guardedOrder({ status: 403 }),
  'credential-late': guardedOrder({ isLate: true }),
  'challenge-missing': guardedOrder({ challenge: undefined }),
  'location-wrong': shelf('location-wrong', 'post /books', 'get /books/{id}'),
  'created-unlisted': shelf('created-unlisted', 'post /books', 'get /books', 'get /books/{id}'),
  'write-lost': shelf('write-lost', 'post /books', 'get /books/{id}'),
  'patch-spills': shelf('patch-spills', 'patch /books/{id}', 'get /books/{id}'),
  'put-adds': shelf('put-adds', 'put /books/{id}', 'get /books/{id}'),
  'put-merges': shelf('put-merges', 'put /books/{id}', 'get /books/{id}'),
  'delete-repeats': shelf('delete-repeats', 'delete /books/{id}', 'get /books'),
  'deleted-still-there': shelf('deleted-still-there', 'delete /books/{id}', 'get /books/{id}'),
  'conflict-accepted': shelf('conflict-accepted', 'post /books'),
  'conflict-unfounded': calendar({
    isInTheWay: (own, other) => own.from <= other.to && other.from <= own.to,
  }),
  'precondition-ignored': shelf('precondition-ignored', 'put /books/{id}', 'get /books/{id}'),
  'etag-unchanged': shelf('etag-unchanged', 'put /books/{id}', 'get /books/{id}'),
  'repeat-not-recognised': shelf('repeat-not-recognised', 'post /books'),
  'allow-incomplete': shelf('allow-incomplete', 'get /books/{id}'),
  'rate-limit-ignored': limited({ count: Infinity }),
  'retry-after-missing': limited({ retryAfter: undefined }),
  'head-differs': shelf('head-differs', 'get /books/{id}'),
  'pages-wrong': shelf('pages-wrong', 'get /books'),
  'total-wrong': shelf('total-wrong', 'get /books'),
  'filter-ignored': shelf('filter-ignored', 'get /books'),
  'filter-narrow': shelf('filter-narrow', 'get /books'),
  'sort-wrong': shelf('sort-wrong', 'get /books'),
  inconclusive: {
    document: orderDocument({
      '200': inJson({ $ref: '#/components/schemas/Order' }),
      '404': { description: 'unknown' },
    }),
    broken: empty(404),
    sound,
  },
} satisfies Readonly<Record<SpecCode, BrokenProvider>>
