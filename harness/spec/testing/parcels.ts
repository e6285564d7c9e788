import type { RequestListener } from 'node:http'
import { isObject, type JsonObject, type JsonValue } from '../json.ts'
import { inJson } from './document.ts'

const parcel: JsonObject = {
  type: 'object',
  additionalProperties: false,
  required: ['weight', 'kind'],
  properties: {
    weight: { type: 'integer', minimum: 1, maximum: 1000 },
    kind: { enum: ['letter', 'box', 'tube'] },
    note: { type: 'string', maxLength: 200 },
    isFragile: { type: 'boolean' },
    marks: { type: 'array', maxItems: 5, items: { type: 'string', pattern: '^[a-z]{2,8}$' } },
  },
}

/** `POST /parcels` and a filtered list of them. */
export const parcels: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Parcels', version: '1' },
  paths: {
    '/parcels': {
      get: {
        operationId: 'listParcels',
        parameters: [
          { name: 'kind', in: 'query', schema: { enum: ['letter', 'box', 'tube'] } },
          { name: 'above', in: 'query', schema: { type: 'integer', minimum: 0, maximum: 1000 } },
          { name: 'isFragile', in: 'query', schema: { type: 'boolean' } },
        ],
        responses: { '200': inJson({ type: 'array' }), '400': inJson({ type: 'object' }) },
      },
      post: {
        operationId: 'sendParcel',
        requestBody: { required: true, content: { 'application/json': { schema: parcel } } },
        responses: { '201': inJson({ type: 'object' }), '400': inJson({ type: 'object' }) },
      },
    },
  },
}

/** What a request asks: the body of a POST, the query of a GET. */
type Asked = Readonly<Record<string, JsonValue>>

const isMark = (mark: JsonValue): boolean => typeof mark === 'string' && /^[a-z]{2,8}$/.test(mark)

const isRightIn = (body: JsonValue, marks: (all: readonly JsonValue[]) => boolean): boolean => {
  if (!isObject(body)) return false
  const { weight, kind, note = '', isFragile = true, marks: all = [], ...others } = body
  return (
    Object.keys(others).length === 0 &&
    Number.isInteger(weight) &&
    Number(weight) >= 1 &&
    Number(weight) <= 1000 &&
    typeof kind === 'string' &&
    ['letter', 'box', 'tube'].includes(kind) &&
    typeof note === 'string' &&
    Array.from(note).length <= 200 &&
    typeof isFragile === 'boolean' &&
    Array.isArray(all) &&
    all.length <= 5 &&
    marks(all)
  )
}

const isRightQuery = (query: URLSearchParams): boolean =>
  ['letter', 'box', 'tube'].includes(query.get('kind') ?? 'box') &&
  /^\d+$/.test(query.get('above') ?? '0') &&
  Number(query.get('above') ?? 0) <= 1000 &&
  ['true', 'false'].includes(query.get('isFragile') ?? 'true')

/** How a provider of parcels is otherwise than its document says. */
export interface ParcelFaults {
  /** What it fails on. */
  readonly fails?: (asked: Asked) => boolean
  /** Which marks it takes. */
  readonly marks?: (all: readonly JsonValue[]) => boolean
  /** What it refuses for a reason that only words give. */
  readonly refuses?: (asked: Asked) => boolean
}

/** A provider of {@link parcels}. */
export const parcelProvider =
  ({
    fails = () => false,
    marks = (all) => all.every(isMark),
    refuses = () => false,
  }: ParcelFaults = {}): RequestListener =>
  (request, response) => {
    const chunks: Buffer[] = []
    const answer = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(body))
    }
    const judge = (asked: Asked, isRight: boolean, status: number): void => {
      if (!isRight || refuses(asked)) answer(400, { detail: 'is not as it should be' })
      else if (fails(asked)) answer(500, {})
      else answer(status, status === 200 ? [] : asked)
    }
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const query = new URL(request.url ?? '/', 'http://x').searchParams
      if (request.method === 'GET') {
        judge(Object.fromEntries(query), isRightQuery(query), 200)
        return
      }
      if (request.method !== 'POST') {
        response.setHeader('allow', 'GET, HEAD, POST')
        answer(405, {})
        return
      }
      let body: JsonValue
      try {
        body = JSON.parse(Buffer.concat(chunks).toString()) as JsonValue
      } catch {
        body = null
      }
      judge(isObject(body) ? body : {}, isRightIn(body, marks), 201)
    })
  }
