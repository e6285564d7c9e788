import type { IncomingMessage, RequestListener } from 'node:http'
import type { JsonObject } from '../json.ts'
import { inJson } from './document.ts'
import { json } from './provider.ts'

/** How a calendar behaves, where it is otherwise than its document says. */
export interface CalendarFaults {
  /** Whether an entry stands in the way of another one; both in milliseconds. */
  readonly isInTheWay?: (own: Span, other: Span) => boolean
}

/** From when to when. */
export interface Span {
  readonly from: number
  readonly to: number
}

const input: JsonObject = {
  type: 'object',
  required: ['what', 'from', 'to'],
  properties: {
    what: { type: 'string', maxLength: 60 },
    from: { type: 'string', format: 'date-time' },
    to: { type: 'string', format: 'date-time' },
  },
}

const example = { what: 'Lunch', from: '2031-03-03T12:00:00Z', to: '2031-03-03T13:00:00Z' }

/** `POST /entries` of a calendar, with these words on 409. */
export const calendarDocument = (words: string): JsonObject => ({
  openapi: '3.1.0',
  info: { title: 'Calendar', version: '1' },
  paths: {
    '/entries': {
      post: {
        requestBody: {
          required: true,
          content: { 'application/json': { schema: input, example } },
        },
        responses: {
          '201': inJson({ type: 'object', required: ['id'] }),
          '400': { description: 'It breaks the form.' },
          '409': { description: words },
        },
      },
    },
  },
})

const bodyOf = async (request: IncomingMessage): Promise<Record<string, string>> => {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return JSON.parse(text === '' ? '{}' : text) as Record<string, string>
}

/** A calendar in which nothing overlaps, broken so. */
export const calendarListener = ({
  isInTheWay = (own, other) => own.from < other.to && other.from < own.to,
}: CalendarFaults = {}): RequestListener => {
  const entries: Span[] = []
  return (request, response) =>
    void (async () => {
      if (request.method !== 'POST') return json(405, {}, { allow: 'POST' })(request, response)
      const { from = '', to = '' } = await bodyOf(request)
      const own = { from: Date.parse(from), to: Date.parse(to) }
      if (!(own.from < own.to)) return json(400, {})(request, response)
      if (entries.some((other) => isInTheWay(own, other))) return json(409, {})(request, response)
      entries.push(own)
      return json(201, { id: entries.length })(request, response)
    })()
}

const words = 'It overlaps another entry. One may begin when another ends.'

/** A document, a calendar that is broken so, and one that keeps it. */
export const calendar = (faults: CalendarFaults) => ({
  document: calendarDocument(words),
  broken: calendarListener(faults),
  sound: calendarListener(),
  technique: 'sequences' as const,
})
