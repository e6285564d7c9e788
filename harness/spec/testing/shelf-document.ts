import type { JsonObject, JsonValue } from '../json.ts'
import { inJson } from './document.ts'

const properties: JsonObject = {
  title: { type: 'string', minLength: 1, maxLength: 40 },
  genre: { enum: ['novel', 'poem'] },
  pages: { type: 'integer', minimum: 1, maximum: 900 },
  note: { type: 'string', maxLength: 40 },
}

const book: JsonObject = {
  type: 'object',
  required: ['id', 'title', 'genre', 'pages'],
  properties: { id: { type: 'integer' }, ...properties },
}

const input: JsonObject = {
  type: 'object',
  additionalProperties: false,
  required: ['title', 'genre', 'pages'],
  properties,
}

const body = (schema: JsonValue): JsonObject => ({
  required: true,
  content: { 'application/json': { schema } },
})

const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer', minimum: 1 } }
const query = (name: string, schema: JsonValue, description = ''): JsonObject => ({
  name,
  in: 'query',
  description,
  schema,
})

const ok = inJson(book)
const refused: JsonObject = {
  '400': { description: 'It breaks the form.' },
  '404': { description: 'There is no such book.' },
}
const taken: JsonObject = { '409': { description: 'There is a book of that title already.' } }

const operations: Readonly<Record<string, JsonObject>> = {
  'get /books': {
    parameters: [
      query('limit', { type: 'integer', minimum: 1, maximum: 50 }),
      query('offset', { type: 'integer', minimum: 0 }),
      query('genre', properties['genre'] ?? {}),
      query('minPages', { type: 'integer', minimum: 1 }, 'Only those of so many pages or more.'),
      query('sort', { enum: ['pages', '-pages'] }),
    ],
    responses: {
      '200': inJson({
        type: 'object',
        required: ['items', 'total'],
        properties: { items: { type: 'array', items: book }, total: { type: 'integer' } },
      }),
      ...refused,
    },
  },
  'post /books': {
    parameters: [{ name: 'Idempotency-Key', in: 'header', schema: { type: 'string' } }],
    requestBody: body(input),
    responses: {
      '201': { ...ok, headers: { Location: { schema: { type: 'string' } } } },
      ...refused,
      ...taken,
    },
  },
  'get /books/{id}': {
    parameters: [id],
    responses: { '200': ok, '304': { description: 'It is as it was.' }, ...refused },
  },
  'put /books/{id}': {
    parameters: [id, { name: 'If-Match', in: 'header', schema: { type: 'string' } }],
    requestBody: body(input),
    responses: {
      '200': ok,
      '201': ok,
      '412': { description: 'It has changed.' },
      ...refused,
      ...taken,
    },
  },
  'patch /books/{id}': {
    parameters: [id],
    requestBody: body({
      type: 'object',
      minProperties: 1,
      additionalProperties: false,
      properties,
    }),
    responses: { '200': ok, ...refused, ...taken },
  },
  'delete /books/{id}': {
    parameters: [id],
    responses: { '204': { description: 'Gone.' }, ...refused },
  },
}

/** A document of a shelf of books with just these operations: `post /books`. */
export const shelfDocument = (...wanted: readonly string[]): JsonObject => {
  const paths: Record<string, Record<string, JsonValue>> = {}
  for (const key of wanted) {
    const [method = '', path = ''] = key.split(' ')
    paths[path] = { ...paths[path], [method]: operations[key] ?? {} }
  }
  return { openapi: '3.1.0', info: { title: 'Shelf', version: '1' }, paths }
}
