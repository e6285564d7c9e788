import { readSpec } from '../read/read-spec.ts'
import type { JsonObject, JsonValue } from '../json.ts'
import type { Spec } from '../types.ts'
import { temporaryFolder } from '../../testing/temporary-folder.ts'

/** What an order looks like in the documents of these tests. */
export const orderSchema: JsonObject = {
  type: 'object',
  required: ['id', 'total'],
  properties: {
    id: { type: 'integer' },
    total: { type: 'number', minimum: 0 },
    placed: { type: 'string', format: 'date-time' },
    lines: { type: 'array', items: { $ref: '#/components/schemas/Line' } },
  },
}

const lineSchema: JsonObject = {
  type: 'object',
  required: ['sku'],
  properties: { sku: { type: 'string' } },
}

/** The answer that keeps {@link orderDocument}. */
export const goodOrder: JsonObject = {
  id: 1,
  total: 9.5,
  placed: '2026-01-02T10:00:00Z',
  lines: [{ sku: 'A-1' }],
}

/** A response in JSON. */
export const inJson = (schema: JsonValue, more: JsonObject = {}): JsonObject => ({
  description: 'an answer',
  content: { 'application/json': { schema } },
  ...more,
})

const idParameter: JsonObject = {
  name: 'id',
  in: 'path',
  required: true,
  schema: { type: 'integer' },
  example: 1,
}

/** An OpenAPI 3.1 document with one operation, `GET /orders/{id}`, whose parts a test may replace. */
export const orderDocument = (
  responses: JsonObject = { '200': inJson({ $ref: '#/components/schemas/Order' }) },
  operation: JsonObject = {},
  method = 'get',
): JsonObject => ({
  openapi: '3.1.0',
  info: { title: 'Orders', version: '1' },
  paths: {
    '/orders/{id}': {
      [method]: { operationId: 'theOrder', parameters: [idParameter], responses, ...operation },
    },
  },
  components: {
    schemas: { Order: orderSchema, Line: lineSchema },
    securitySchemes: {
      basic: { type: 'http', scheme: 'basic' },
      bearer: { type: 'http', scheme: 'bearer' },
      key: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
    },
  },
})

/** Reads a document, or files of which `spec.json` or `spec.yaml` is the root. */
export const specFrom = async (
  document: JsonObject | Readonly<Record<string, string>>,
  file?: string,
): Promise<Spec> => {
  const isFiles = file !== undefined
  const files = isFiles
    ? (document as Record<string, string>)
    : { 'spec.json': JSON.stringify(document, null, 2) }
  await using folder = await temporaryFolder(files)
  return await readSpec({ root: folder.path, file: file ?? 'spec.json' })
}
