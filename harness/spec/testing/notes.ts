import { createHash } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { JsonObject, JsonValue } from '../json.ts'
import { inJson } from './document.ts'

/** In what notes are not as their document says. */
export type NotesFault =
  'name twice' | 'page lost' | 'never gone' | 'never listed' | 'text unbounded' | 'text cut'

const note: JsonObject = {
  type: 'object',
  required: ['sid', 'text', 'unique_name'],
  properties: {
    sid: { type: 'string', pattern: '^NO[0-9a-f]{8}$' },
    text: { type: 'string' },
    unique_name: { type: ['string', 'null'] },
  },
}

const sid: JsonObject = {
  name: 'Sid',
  in: 'path',
  required: true,
  schema: { type: 'string', pattern: '^NO[0-9a-f]{8}$' },
}

const query = (name: string, schema: JsonValue): JsonObject => ({ name, in: 'query', schema })

const refused: JsonObject = { '400': { description: 'It breaks the form.' } }
const absent: JsonObject = { '404': { description: 'There is no such note.' } }

/**
 * Notes with habits that well-kept services have: paths that end with the name of a format, forms,
 * pages by a token that only a link holds, a name that may be left out, and a list that lags behind.
 */
export const notesDocument: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Notes', version: '1' },
  paths: {
    '/Notes.json': {
      get: {
        parameters: [
          query('PageSize', { type: 'integer', minimum: 1, maximum: 50 }),
          query('Page', { type: 'integer', minimum: 0 }),
          query('PageToken', { type: 'string' }),
        ],
        responses: {
          '200': inJson({
            type: 'object',
            required: ['notes', 'next_page_uri'],
            properties: {
              notes: { type: 'array', items: note },
              next_page_uri: { type: ['string', 'null'] },
            },
          }),
          ...refused,
        },
      },
      post: {
        requestBody: {
          required: true,
          content: {
            'application/x-www-form-urlencoded': {
              schema: {
                type: 'object',
                required: ['Text'],
                properties: {
                  Text: { type: 'string', maxLength: 30 },
                  UniqueName: { type: 'string', pattern: '^[A-Za-z0-9]{1,20}$' },
                },
              },
            },
          },
        },
        responses: {
          '201': inJson(note),
          ...refused,
          '409': { description: 'There is a note of that unique name already.' },
        },
      },
    },
    '/Notes/{Sid}.json': {
      get: { parameters: [sid], responses: { '200': inJson(note), ...absent } },
      delete: {
        parameters: [sid],
        responses: { '204': { description: 'It is deleted.' }, ...absent },
      },
    },
  },
}

interface Note {
  readonly sid: string
  readonly text: string
  readonly unique_name: string | null
}

const textOf = async (request: IncomingMessage): Promise<string> => {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}

interface Reply {
  readonly status: number
  readonly body?: unknown
}

/** How many milliseconds the list lags behind. */
const lag = 60

/** Notes, broken in one way; sound ones without. */
export const notesListener = (fault?: NotesFault): RequestListener => {
  const notes = new Map<string, Note>()
  let shown: readonly Note[] = []
  let changedAt = 0
  const changed = (): void => {
    changedAt = Date.now()
  }

  const list = (asked: URLSearchParams): Reply => {
    const size = Number(asked.get('PageSize') ?? 50)
    const token = asked.get('PageToken')
    if (!/^[1-9]\d?$/.test(String(size)) || size > 50 || !/^\d*$/.test(asked.get('Page') ?? ''))
      return { status: 400 }
    if (Date.now() - changedAt > lag)
      shown = [...notes.values()].filter((_, index) => fault !== 'never listed' || index < 1)
    const from = token === null ? 0 : shown.findIndex((one) => one.sid === token) + 1
    const page = shown.slice(fault === 'page lost' && from > 0 ? from + 1 : from, from + size)
    const last = shown[from + size - 1]
    const isLast = from + size >= shown.length || last === undefined
    const next = isLast ? null : `/Notes.json?PageSize=${size}&Page=1&PageToken=${last.sid}`
    return { status: 200, body: { notes: page, next_page_uri: next } }
  }

  const add = (form: URLSearchParams): Reply => {
    const [text, name] = [form.get('Text'), form.get('UniqueName')]
    if (text === null || (text.length > 30 && fault !== 'text unbounded')) return { status: 400 }
    if (name !== null && !/^[A-Za-z0-9]{1,20}$/.test(name)) return { status: 400 }
    const isKnown = [...notes.values()].some((one) => name !== null && one.unique_name === name)
    if (isKnown && fault !== 'name twice') return { status: 409 }
    const kept = fault === 'text cut' ? text.slice(0, 20) : text
    const digest = createHash('sha1').update(String(notes.size)).digest('hex')
    const made: Note = { sid: `NO${digest.slice(0, 8)}`, text: kept, unique_name: name }
    notes.set(made.sid, made)
    changed()
    return { status: 201, body: made }
  }

  const answer = (request: IncomingMessage, text: string): Reply => {
    const url = new URL(request.url ?? '/', 'http://x')
    const method = request.method === 'HEAD' ? 'GET' : request.method
    if (url.pathname === '/Notes.json') {
      if (method === 'POST') return add(new URLSearchParams(text))
      return method === 'GET' ? list(url.searchParams) : { status: 404 }
    }
    const id = /^\/Notes\/(\w+)\.json$/.exec(url.pathname)?.[1] ?? ''
    const found = notes.get(id)
    if (found === undefined) return { status: 404 }
    if (method === 'GET') return { status: 200, body: found }
    if (method !== 'DELETE') return { status: 404 }
    if (fault !== 'never gone') notes.delete(id)
    changed()
    return { status: 204 }
  }

  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { status, body } = answer(request, await textOf(request))
    response.writeHead(status, body === undefined ? {} : { 'content-type': 'application/json' })
    response.end(body === undefined ? undefined : JSON.stringify(body))
  }
  return (request, response) => void respond(request, response)
}
