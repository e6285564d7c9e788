import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { JsonObject } from '../json.ts'
import { inJson } from './document.ts'

/** In what bookings are not as their document says. */
export type BookingsFault = 'text cut' | 'dog lost' | 'phone lost' | 'name optional'

const uuid: JsonObject = { type: 'string', format: 'uuid' }
const trip = 'ea399ba1-6d95-433f-92d1-83f67b775594'

const properties: JsonObject = {
  trip_id: { ...uuid, examples: [trip] },
  passenger_name: { type: 'string' },
  has_dog: { type: 'boolean' },
  // There is none, and nothing lists any.
  voucher_id: uuid,
  phone: { type: ['string', 'null'] },
}

const input: JsonObject = { type: 'object', required: ['trip_id', 'passenger_name'], properties }

const booking: JsonObject = {
  type: 'object',
  required: ['id', 'trip_id', 'passenger_name'],
  properties: { id: uuid, ...properties },
}

const absent: JsonObject = { '404': { description: 'There is no such thing.' } }
const refused: JsonObject = { '400': { description: 'It breaks the form.' } }

/** Bookings of trips that no path of the document is about, so that their ids are nobody's to guess. */
export const bookingsDocument: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Bookings', version: '1' },
  paths: {
    '/bookings': {
      post: {
        requestBody: { required: true, content: { 'application/json': { schema: input } } },
        responses: { '201': inJson(booking), ...refused, ...absent },
      },
    },
    '/bookings/{bookingId}': {
      get: {
        parameters: [{ name: 'bookingId', in: 'path', required: true, schema: uuid }],
        responses: { '200': inJson(booking), ...refused, ...absent },
      },
    },
    '/vouchers/{voucherId}': {
      get: {
        parameters: [{ name: 'voucherId', in: 'path', required: true, schema: uuid }],
        responses: { '200': inJson({ type: 'object' }), ...refused, ...absent },
      },
    },
  },
}

const isUuid = (one: unknown): boolean =>
  typeof one === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(one)

const bodyOf = async (request: IncomingMessage): Promise<unknown> => {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Bookings, broken in one way; sound ones without. */
export const bookingsListener = (fault?: BookingsFault): RequestListener => {
  const bookings = new Map<string, JsonObject>()

  const add = (body: unknown): readonly [number, unknown?] => {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) return [400]
    const given = {
      ...(fault === 'name optional' ? { passenger_name: 'anybody' } : {}),
      ...(body as JsonObject),
    }
    const { trip_id, passenger_name, has_dog, voucher_id, phone } = given as JsonObject
    const isRight =
      isUuid(trip_id) &&
      typeof passenger_name === 'string' &&
      (has_dog === undefined || typeof has_dog === 'boolean') &&
      (voucher_id === undefined || isUuid(voucher_id)) &&
      (phone === undefined || phone === null || typeof phone === 'string')
    if (!isRight) return [400]
    if (trip_id !== trip || voucher_id !== undefined) return [404]
    const id = `00000000-0000-4000-8000-${String(bookings.size).padStart(12, '0')}`
    const made = {
      id,
      trip_id,
      passenger_name: fault === 'text cut' ? passenger_name.slice(0, 40) : passenger_name,
      ...(has_dog === undefined ? {} : { has_dog: fault === 'dog lost' ? false : has_dog }),
      ...(phone === undefined || fault === 'phone lost' ? {} : { phone }),
    }
    bookings.set(id, made)
    return [201, made]
  }

  const answer = (request: IncomingMessage, body: unknown): readonly [number, unknown?] => {
    const { pathname } = new URL(request.url ?? '/', 'http://x')
    if (request.method === 'POST' && pathname === '/bookings') return add(body)
    const [, kind, id] = /^\/(bookings|vouchers)\/([^/]+)$/.exec(pathname) ?? []
    if (!['GET', 'HEAD'].includes(request.method ?? '') || id === undefined) return [404]
    if (!isUuid(id)) return [400]
    const found = kind === 'bookings' ? bookings.get(id) : undefined
    return found === undefined ? [404] : [200, found]
  }

  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [status, body] = answer(request, await bodyOf(request))
    response.writeHead(status, body === undefined ? {} : { 'content-type': 'application/json' })
    response.end(body === undefined ? undefined : JSON.stringify(body))
  }
  return (request, response) => void respond(request, response)
}
