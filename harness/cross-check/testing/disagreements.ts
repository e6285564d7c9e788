import type { CrossCheckCode } from '../codes.ts'

/** An interaction that disagrees with the shop's spec in one point, and what is said of it. */
export interface BrokenInteraction {
  readonly name: string
  readonly interaction: Readonly<Record<string, unknown>>
  /** The line of the contract, and of the spec, that the finding points at. */
  readonly line: string
  readonly specLine: string
  readonly summary: string
  readonly expected: string
}

/** The request of the one interaction that {@link soundInteraction} is made of. */
const request = {
  method: 'GET',
  path: '/v1/items/1',
  headers: { Authorization: 'Bearer recorded' },
}

const json = { 'Content-Type': 'application/json' }

/** An interaction that agrees with the shop's spec. */
export const soundInteraction = {
  description: 'a request for item 1',
  request,
  response: {
    status: 200,
    headers: json,
    body: { id: 1, name: 'tea', parts: [{ id: 2 }], size: { 'a.b': true } },
  },
}

const answering = (response: Readonly<Record<string, unknown>>) => ({
  ...soundInteraction,
  response: { ...soundInteraction.response, ...response },
})

const asking = (more: Readonly<Record<string, unknown>>) => ({
  ...soundInteraction,
  request: { ...request, ...more },
  response: { status: 200 },
})

/** For each code what breaks just that; a code without does not compile. */
export const brokenInteractions = {
  'cross-check': [
    {
      name: 'a value of another type',
      interaction: answering({ body: { id: 'one' } }),
      line: '"id": "one"',
      specLine: 'id: { type: integer, minimum: 1 }',
      summary:
        'In "a request for item 1": Response body is incompatible with the response body schema in the spec: must be integer (response.body.incompatible).',
      expected: 'integer, at least 1',
    },
    {
      name: 'a value in a list',
      interaction: answering({ body: { parts: [{ id: 1 }, { id: 2, name: 3 }] } }),
      line: '"name": 3',
      specLine: 'name: { type: string, maxLength: 5 }',
      summary:
        'In "a request for item 1": Response body is incompatible with the response body schema in the spec: must be string (response.body.incompatible).',
      expected: 'string, at most 5 characters',
    },
    {
      name: 'a member that is not documented',
      interaction: answering({ body: { id: 1, colour: 'red' } }),
      line: '"colour": "red"',
      specLine: 'Item:',
      summary:
        'In "a request for item 1": Response body is incompatible with the response body schema in the spec: must NOT have additional properties - colour (response.body.incompatible).',
      expected: 'nothing about colour',
    },
    {
      name: 'a status that is not documented',
      interaction: { ...soundInteraction, response: { status: 418 } },
      line: '"status": 418',
      specLine: 'responses:',
      summary:
        'In "a request for item 1": Response status code not defined in the spec: 418 (response.status.unknown).',
      expected: 'nothing about the status 418: it knows 200, 404',
    },
    {
      name: 'a header that is not documented',
      interaction: answering({ headers: { ...json, 'X-Odd': '1' } }),
      line: '"X-Odd": "1"',
      specLine: "'200':",
      summary:
        'In "a request for item 1": Response header is not defined in the spec: x-odd (response.header.unknown).',
      expected: 'nothing about the header x-odd',
    },
    {
      name: 'another media type',
      interaction: answering({ headers: { 'Content-Type': 'text/xml' }, body: '<a/>' }),
      line: '"Content-Type": "text/xml"',
      specLine: "'200':",
      summary:
        'In "a request for item 1": Response Content-Type header is incompatible with the mime-types the spec defines to produce (response.content-type.incompatible).',
      expected: 'application/json or text/plain',
    },
    {
      name: 'a path that is not documented',
      interaction: asking({ path: '/v1/nowhere' }),
      line: '"path": "/v1/nowhere",',
      specLine: 'paths:',
      summary:
        'In "a request for item 1": Path or method not defined in the spec: GET /v1/nowhere (request.path-or-method.unknown).',
      expected: 'nothing about GET /v1/nowhere',
    },
    {
      name: 'no credential where one is asked for',
      interaction: { ...soundInteraction, request: { method: 'GET', path: '/v1/items/1' } },
      line: '"request": {',
      specLine: 'get:',
      summary:
        'In "a request for item 1": Request Authorization header is missing but is required by the spec (request.authorization.missing).',
      expected: 'a credential',
    },
    {
      name: 'a query parameter of another type',
      interaction: asking({ path: '/v1/items', query: { limit: ['many'] } }),
      line: '"limit": [',
      specLine: '- { name: limit, in: query, schema: { type: integer, maximum: 50 } }',
      summary:
        'In "a request for item 1": Value is incompatible with the parameter defined in the spec: must be integer (request.query.incompatible).',
      expected: 'integer, at most 50',
    },
    {
      name: 'a body that the operation does not take',
      interaction: {
        description: 'a request to make an item',
        request: { method: 'POST', path: '/v1/items', headers: json, body: { id: 0, name: 'x' } },
        response: { status: 201 },
      },
      line: '"id": 0,',
      specLine: 'id: { type: integer, minimum: 1 }',
      summary:
        'In "a request to make an item": Request body is incompatible with the request body schema in the spec: must be >= 1 (request.body.incompatible).',
      expected: 'integer, at least 1',
    },
  ],
} satisfies Readonly<
  Partial<Record<CrossCheckCode, readonly [BrokenInteraction, ...BrokenInteraction[]]>>
>
