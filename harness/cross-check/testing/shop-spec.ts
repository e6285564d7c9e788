import { specFrom } from '../../spec/testing/document.ts'
import type { Spec } from '../../spec/types.ts'

/** A document with a little of everything that a contract may be held to. */
export const shopSpecText = `openapi: 3.1.0
info: { title: Shop, version: '1' }
servers: [{ url: https://shop.example/v1 }]
paths:
  /items:
    get:
      parameters:
        - { name: limit, in: query, schema: { type: integer, maximum: 50 } }
      responses:
        '200':
          description: All.
          content:
            application/json:
              schema: { type: array, items: { $ref: '#/components/schemas/Item' } }
    post:
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: '#/components/schemas/Item' }
      responses:
        '201':
          description: Made.
          headers:
            Location: { required: true, schema: { type: string, format: uri-reference } }
        4XX: { description: No. }
  /items/special:
    get:
      responses:
        default: { description: Any. }
  /items/{id}:
    get:
      security: [{ token: [] }]
      responses:
        '200':
          description: One.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Item' }
            text/plain:
              schema: { type: string }
        '404': { description: None. }
components:
  securitySchemes:
    token: { type: http, scheme: bearer }
  schemas:
    Item:
      type: object
      additionalProperties: false
      required: [id, name]
      properties:
        id: { type: integer, minimum: 1 }
        name: { type: string, maxLength: 5 }
        status: { enum: [new, old] }
        parts: { type: array, items: { $ref: '#/components/schemas/Item' } }
        size:
          oneOf:
            - { type: integer }
            - { type: object, properties: { 'a.b': { type: boolean } } }
`

/** {@link shopSpecText}, read. */
export const shopSpec = (text: string = shopSpecText): Promise<Spec> =>
  specFrom({ 'specs/shop.yaml': text }, 'specs/shop.yaml')
