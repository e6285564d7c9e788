import type { CrossCheckCode } from '../../codes.ts'

/** A mapping that differs from the till's spec in one point, and what is said of it. */
export interface BrokenStub {
  readonly name: string
  readonly mapping: Readonly<Record<string, unknown>>
  /** The line of the mapping, and of the spec, that the finding points at. */
  readonly line: string
  readonly specLine: string
  readonly summary: string
}

/** The upstream's document that {@link soundStub} is held to. */
export const tillSpecText = `openapi: 3.1.0
info: { title: Till, version: '1' }
servers: [{ url: https://till.example/v2 }]
paths:
  /charges:
    get:
      parameters:
        - { name: limit, in: query, schema: { type: integer, maximum: 50 } }
      responses:
        '200':
          description: All.
          content:
            application/json:
              schema: { type: array, items: { $ref: '#/components/schemas/Charge' } }
    post:
      parameters:
        - { name: Idempotency-Key, in: header, required: true, schema: { type: string, maxLength: 8 } }
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [amount, card]
              additionalProperties: false
              properties:
                amount: { type: integer, minimum: 1 }
                card: { type: string }
      responses:
        '201':
          description: Made.
          headers:
            Location: { required: true, schema: { type: string, maxLength: 20 } }
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Charge' }
        '402': { description: Declined. }
        '204': { description: Nothing to charge. }
  /charges/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      responses:
        '200':
          description: One.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Charge' }
        '404': { description: None. }
components:
  schemas:
    Charge:
      type: object
      required: [id, status]
      properties:
        id: { type: integer }
        status: { enum: [accepted, declined] }
        note: { type: string, maxLength: 5 }
`

const json = { 'Content-Type': 'application/json' }

/** A mapping that agrees with {@link tillSpecText}. */
export const soundStub = {
  request: {
    method: 'POST',
    urlPath: '/v2/charges',
    headers: { 'Idempotency-Key': { equalTo: 'k-1' }, 'Content-Type': { contains: 'json' } },
    bodyPatterns: [{ equalToJson: { amount: 1, card: 'tok' } }],
  },
  response: {
    status: 201,
    headers: { ...json, Location: '/charges/1' },
    jsonBody: { id: 1, status: 'accepted' },
  },
}

const { request, response } = soundStub

const answering = (more: Readonly<Record<string, unknown>>) => ({
  request,
  response: { ...response, ...more },
})

const asking = (more: Readonly<Record<string, unknown>>) => ({
  request: { ...request, ...more },
  response,
})

const reading = (asked: Readonly<Record<string, unknown>>) => ({
  request: { method: 'GET', ...asked },
  response: { status: 200, headers: json, jsonBody: [] },
})

const one = (asked: Readonly<Record<string, unknown>>) => ({
  request: { method: 'GET', ...asked },
  response: { status: 200, headers: json, jsonBody: { id: 1, status: 'accepted' } },
})

/** For each code what breaks just that; one for each clause that a stub can break. */
export const brokenStubs = {
  'stub-differs': [
    {
      name: 'a value of another type',
      mapping: answering({ jsonBody: { id: 'one', status: 'accepted' } }),
      line: '"id": "one",',
      specLine: 'id: { type: integer }',
      summary:
        '"/id" in the body of POST /charges (201) is "one" (string), and the spec says integer.',
    },
    {
      name: 'a value that is required and missing',
      mapping: answering({ jsonBody: { id: 1 } }),
      line: '"jsonBody": {',
      specLine: 'required: [id, status]',
      summary:
        'The body of POST /charges (201) has only id, and the spec says a property "status".',
    },
    {
      name: 'a status that is not documented',
      mapping: answering({ status: 202 }),
      line: '"status": 202,',
      specLine: 'responses:',
      summary: 'POST /charges answered 202, and the spec says nothing of that status.',
    },
    {
      name: 'another media type',
      mapping: answering({ headers: { Location: '/charges/1', 'content-type': 'text/xml' } }),
      line: '"content-type": "text/xml"',
      specLine: 'application/json:',
      summary: 'POST /charges answered 201 in text/xml, and the spec says application/json.',
    },
    {
      name: 'no media type',
      mapping: answering({ headers: { Location: '/charges/1' } }),
      line: '"headers": {',
      specLine: 'application/json:',
      summary: 'POST /charges answered 201 with a body and no Content-Type.',
    },
    {
      name: 'a required header that is missing',
      mapping: answering({ headers: json }),
      line: '"headers": {',
      specLine: 'Location: { required: true, schema: { type: string, maxLength: 20 } }',
      summary: 'POST /charges answered 201 without the header Location, which the spec requires.',
    },
    {
      name: 'a header of another value',
      mapping: answering({ headers: { ...json, location: 'https://till.example/charges/1' } }),
      line: '"location": "https://till.example/charges/1"',
      specLine: 'Location: { required: true, schema: { type: string, maxLength: 20 } }',
      summary:
        'POST /charges answered 201 with the header Location: https://till.example/charges/1, and the spec says at most 20 characters.',
    },
    {
      name: 'no body where one is documented',
      mapping: { request, response: { status: 201, headers: response.headers } },
      line: '"response": {',
      specLine: 'application/json:',
      summary: 'POST /charges answered 201 without a body, and the spec describes one.',
    },
    {
      name: 'a body where HTTP allows none',
      mapping: { request, response: { status: 204, body: 'none' } },
      line: '"body": "none"',
      specLine: "'204': { description: Nothing to charge. }",
      summary: 'POST /charges answered 204 with a body, which HTTP does not allow there.',
    },
    {
      name: 'a body that is no JSON',
      mapping: { request, response: { status: 201, headers: response.headers, body: '{' } },
      line: '"body": "{"',
      specLine: 'application/json:',
      summary:
        "The body that POST /charges answered with 201 cannot be read: it is no JSON (Expected property name or '}' in JSON at position 1 (line 1 column 2)).",
    },
    {
      name: 'a path that the spec does not have',
      mapping: asking({ urlPath: '/v2/charge' }),
      line: '"urlPath": "/v2/charge",',
      specLine: 'paths:',
      summary: 'The stub answers POST /v2/charge, and the spec has no such path.',
    },
    {
      name: 'a pattern that takes no path of the spec',
      mapping: one({ urlPathPattern: '/payments/[0-9]+' }),
      line: '"urlPathPattern": "/payments/[0-9]+"',
      specLine: 'paths:',
      summary: 'The stub answers GET /payments/[0-9]+, and the spec has no such path.',
    },
    {
      name: 'a method that the path does not have',
      mapping: asking({ method: 'PUT' }),
      line: '"method": "PUT",',
      specLine: '/charges:',
      summary: 'The stub answers PUT /v2/charges, and the spec has only GET, POST there.',
    },
    {
      name: 'a query parameter that the spec does not have',
      mapping: reading({ urlPath: '/charges', queryParameters: { page: { equalTo: '2' } } }),
      line: '"page": {',
      specLine: 'get:',
      summary:
        'The stub asks GET /charges for the query parameter page, and the spec knows none of that name.',
    },
    {
      name: 'a query parameter of another value',
      mapping: reading({ url: '/charges?limit=51' }),
      line: '"url": "/charges?limit=51"',
      specLine: '- { name: limit, in: query, schema: { type: integer, maximum: 50 } }',
      summary:
        'The stub asks GET /charges for a value of the query parameter limit that the spec does not allow: it says at most 50.',
    },
    {
      name: 'a path parameter of another type',
      mapping: one({ urlPath: '/charges/first' }),
      line: '"urlPath": "/charges/first"',
      specLine: 'parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]',
      summary:
        'The stub asks GET /charges/{id} for a value of the path parameter id that the spec does not allow: it says integer.',
    },
    {
      name: 'a header that the spec does not have',
      mapping: asking({ headers: { 'X-Till': { matches: '.+' } } }),
      line: '"X-Till": {',
      specLine: 'post:',
      summary:
        'The stub asks POST /charges for the header X-Till, and the spec knows none of that name.',
    },
    {
      name: 'a header of another value',
      mapping: asking({ headers: { 'Idempotency-Key': { equalTo: 'much too long' } } }),
      line: '"Idempotency-Key": {',
      specLine:
        '- { name: Idempotency-Key, in: header, required: true, schema: { type: string, maxLength: 8 } }',
      summary:
        'The stub asks POST /charges for a value of the header parameter Idempotency-Key that the spec does not allow: it says at most 8 characters.',
    },
    {
      name: 'a request of another media type',
      mapping: asking({ headers: { 'Content-Type': { equalTo: 'text/xml' } } }),
      line: '"Content-Type": {',
      specLine: 'requestBody:',
      summary:
        'The stub asks POST /charges for a body in text/xml, and the spec says application/json.',
    },
    {
      name: 'a request whose body is against the schema',
      mapping: asking({ bodyPatterns: [{ equalToJson: { amount: 0, card: 'tok' } }] }),
      line: '"amount": 0,',
      specLine: 'amount: { type: integer, minimum: 1 }',
      summary:
        'The stub asks POST /charges for a body whose "/amount" is 0, and the spec says at least 1.',
    },
    {
      name: 'a request with a field that the schema forbids',
      mapping: asking({ bodyPatterns: [{ matchesJsonPath: "$[?(@.token == 'tok')]" }] }),
      line: `"matchesJsonPath": "$[?(@.token == 'tok')]"`,
      specLine: 'additionalProperties: false',
      summary:
        'The stub asks POST /charges for a body whose "/token" is "tok", and the spec says no other property than the documented ones.',
    },
    {
      name: 'a body where the operation takes none',
      mapping: {
        ...reading({ urlPath: '/charges', bodyPatterns: [{ contains: 'tok' }] }),
      },
      line: '{',
      specLine: 'get:',
      summary: 'The stub asks for a body of GET /charges, and the spec describes none.',
    },
  ],
} satisfies Readonly<Partial<Record<CrossCheckCode, readonly [BrokenStub, ...BrokenStub[]]>>>
