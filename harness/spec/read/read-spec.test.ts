import { describe, expect, test } from 'vitest'
import { UserError } from '../../model/user-error.ts'
import { temporaryFolder } from '../../testing/temporary-folder.ts'
import { orderDocument, specFrom } from '../testing/document.ts'
import type { Spec } from '../types.ts'
import { isSpec } from './is-spec.ts'
import { readSpec } from './read-spec.ts'

const inYaml = (text: string): Promise<Spec> => specFrom({ 'spec.yaml': text }, 'spec.yaml')

const head = "openapi: 3.1.0\ninfo: { title: T, version: '1' }\n"

const problemsOf = (spec: Spec): readonly string[] =>
  spec.problems.map(({ place, problem, fix }) =>
    `${place.line} ${place.pointer}: ${problem} ${fix ?? ''}`.trim(),
  )

describe('what is a document', () => {
  test.each([
    [{ openapi: '3.1.0' }, true],
    [{ swagger: '2.0' }, true],
    [{ type: 'object' }, false],
    [[], false],
    [null, false],
  ])('%j', (value, expected) => {
    expect(isSpec(value)).toBe(expected)
  })

  test.each([
    ['a: 1', 'This is no OpenAPI document.'],
    ['openapi: 4.0.0', 'The version "4.0.0" is none that is known.'],
    ['openapi: [', 'This is no YAML'],
    [head, 'The document has no paths.'],
  ])('%j is refused with its place', async (text, message) => {
    const error = await inYaml(text).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(UserError)
    expect((error as UserError).message).toContain(message)
    expect((error as UserError).message).toContain('spec.yaml')
  })

  test.each([
    ['YAML', `openapi: 3.1.0\nx: ${'['.repeat(2000)}${']'.repeat(2000)}`],
    ['JSON', `{"openapi":"3.1.0","x":${'['.repeat(500)}${']'.repeat(500)}}`],
  ])('%s that is nested too deeply is refused', async (_, text) => {
    await expect(inYaml(text)).rejects.toThrow('more than 400 levels deep')
  })

  test('aliases that multiply without end are refused', async () => {
    const rows = Array.from(
      { length: 9 },
      (_, row) => `r${row + 1}: &r${row + 1} [${Array(9).fill(`*r${row}`).join(', ')}]`,
    )
    await expect(inYaml(`${head}r0: &r0 [x]\n${rows.join('\n')}\n`)).rejects.toThrow(
      'The aliases in it cannot be followed',
    )
  })

  test('a file that is not there is named', async () => {
    await using folder = await temporaryFolder()
    await expect(readSpec({ root: folder.path, file: 'no.yaml' })).rejects.toThrow(
      'no.yaml: There is no such file.',
    )
  })
})

describe('versions', () => {
  const swagger = `
swagger: '2.0'
info: { title: Old, version: '1' }
basePath: /v1/
produces: [application/json]
securityDefinitions:
  key: { type: apiKey, in: header, name: X-Key }
security: [{ key: [] }]
parameters:
  Body: { name: body, in: body, required: true, schema: { $ref: '#/definitions/Pet' } }
definitions:
  Pet:
    type: object
    properties:
      id: { type: integer }
paths:
  /pets:
    post:
      consumes: [application/json]
      parameters:
        - $ref: '#/parameters/Body'
        - { name: tag, in: query, type: array, items: { type: string }, collectionFormat: multi }
      responses:
        201: { description: made, schema: { $ref: '#/definitions/Pet' } }
`
  test('2.0 becomes 3.1: body, base path, media types, security, styles', async () => {
    const spec = await inYaml(swagger)
    const [operation] = spec.operations
    expect(spec.problems).toEqual([])
    expect(operation).toMatchObject({
      method: 'POST',
      path: '/pets',
      basePath: '/v1',
      security: [[{ scheme: 'key', scopes: [] }]],
    })
    expect(operation?.requestBody).toMatchObject({
      required: true,
      content: [{ mediaType: 'application/json' }],
    })
    expect(operation?.parameters[0]).toMatchObject({ name: 'tag', style: 'form', explode: true })
    expect(spec.securitySchemes['key']).toEqual({
      name: 'key',
      type: 'apiKey',
      in: 'header',
      field: 'X-Key',
    })
    expect(operation?.responses[0]?.content[0]?.mediaType).toBe('application/json')
  })

  test('places are those of the file as it is written', async () => {
    const spec = await inYaml(swagger)
    expect(spec.locate('/components/schemas/Pet/properties/id/type')).toMatchObject({
      line: 15,
      pointer: '/definitions/Pet/properties/id/type',
    })
    expect(
      spec.locate('/paths/~1pets/post/responses/201/content/application~1json/schema'),
    ).toMatchObject({ line: 24 })
  })

  test('3.0: nullable and exclusive bounds get their meaning in 3.1', async () => {
    const spec = await inYaml(`
openapi: 3.0.3
info: { title: T, version: '1' }
paths: { /a: { get: { responses: { 200: { description: d, content: { application/json: { schema: { $ref: '#/components/schemas/A' } } } } } } } }
components:
  schemas:
    A:
      type: object
      properties:
        state: { type: string, enum: [open], nullable: true }
        count: { type: integer, minimum: 0, exclusiveMinimum: true }
        other: { nullable: true, oneOf: [{ type: string }] }
`)
    const check = async (value: object) =>
      (
        await spec.schemas.check('/components/schemas/A', 'response', value as never)
      ).violations.map(({ keyword }) => keyword)
    expect(await check({ state: null, count: 1, other: null })).toEqual([])
    expect(await check({ count: 0 })).toEqual(['exclusiveMinimum'])
  })

  test('a version without quotes is read, and said to be wrong', async () => {
    const spec = await inYaml(swagger.replace("'2.0'", '2.0'))
    expect(problemsOf(spec)).toEqual(['2 /swagger: The version is a number. write swagger: "2.0"'])
    expect(spec.operations).toHaveLength(1)
  })
})

describe('YAML and JSON', () => {
  test('merge keys are merged, and located where they are written', async () => {
    const spec = await inYaml(`${head}x-base: &base
  responses:
    '200': { description: d }
paths:
  /a:
    get:
      <<: *base
      operationId: a
`)
    expect(spec.operations[0]?.responses.map(({ status }) => status)).toEqual(['200'])
    expect(spec.locate('/paths/~1a/get/responses/200').line).toBe(5)
  })

  test('JSON is located by line and column', async () => {
    const spec = await specFrom(orderDocument())
    const lines = JSON.stringify(orderDocument(), null, 2).split('\n')
    const place = spec.operations[0]?.place
    expect(lines[(place?.line ?? 0) - 1]).toContain('"get": {')
    expect(place?.column).toBe(7)
  })
})

describe('parameters', () => {
  test('those of the path item and the operation are merged; the operation wins', async () => {
    const spec = await inYaml(`${head}paths:
  /a/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string } }
      - { name: page, in: query, schema: { type: string } }
      - { name: Accept, in: header, schema: { type: string } }
    get:
      parameters: [{ name: page, in: query, required: true, schema: { type: integer } }]
      responses: { 200: { description: d } }
`)
    expect(spec.operations[0]?.parameters.map(({ name, required }) => [name, required])).toEqual([
      ['id', true],
      ['page', true],
    ])
  })

  test('base paths come from the nearest servers, with variables at their defaults', async () => {
    const spec =
      await inYaml(`${head}servers: [{ url: 'https://h/{stage}/v1/', variables: { stage: { default: live } } }]
paths:
  /a: { get: { responses: { 200: { description: d } } } }
  /b: { servers: [{ url: / }], get: { responses: { 200: { description: d } } } }
`)
    expect(spec.operations.map(({ basePath }) => basePath)).toEqual(['/live/v1', ''])
  })
})

test('every problem of a broken document comes at once, with line, pointer and fix', async () => {
  const spec = await inYaml(`${head}paths:
  /orders/{id}:
    get:
      operationId: same
      parameters: [{ name: page, in: query }, { name: q, in: quary, schema: {} }]
      security: [{ beerer: [] }]
      responses: { 200: { description: d, content: { application/json: { schema: { $ref: '#/components/schemas/Oder' } } } } }
  /orders/{nr}:
    parameters: [{ name: nr, in: path, schema: {} }]
    get: { operationId: same, responses: { 2000: { description: d } } }
  orders:
    get: { responses: {} }
components:
  schemas: { Order: { type: object } }
  securitySchemes: { bearer: { type: http, scheme: bearer } }
`)
  expect(problemsOf(spec)).toMatchInlineSnapshot(`
    [
      "9 /paths/~1orders~1{id}/get/responses/200/content/application~1json/schema: The reference "#/components/schemas/Oder" leads nowhere. write "#/components/schemas/Order"",
      "7 /paths/~1orders~1{id}/get/parameters/0: The parameter "page" has neither schema nor content, so nobody knows what it may be. add "schema"",
      "7 /paths/~1orders~1{id}/get/parameters/1: The parameter "q" stands in "quary". write in: query",
      "5 /paths/~1orders~1{id}/get: The path has "{id}", and no path parameter of that name is declared. declare it: { name: id, in: path, required: true, schema: … }",
      "8 /paths/~1orders~1{id}/get/security: There is no security scheme "beerer". write "bearer"",
      "10 /paths/~1orders~1{nr}: The paths "/orders/{id}" and "/orders/{nr}" are the same but for the names in them. join them",
      "11 /paths/~1orders~1{nr}/parameters/0: The path parameter "nr" is not required, and a path has no optional parts. add "required: true"",
      "12 /paths/~1orders~1{nr}/get/responses/2000: "2000" is no status. write a status such as 200, a range such as 4XX, or default",
      "12 /paths/~1orders~1{nr}/get: The operationId "same" is that of GET /orders/{id} too. give each operation an id of its own",
      "13 /paths/orders: The path "orders" does not begin with a slash. write "/orders"",
      "14 /paths/orders/get: The operation documents no response, so no answer can be judged. add "responses" with at least the answer to a successful request",
    ]
  `)
  expect(spec.operations).toHaveLength(3)
})

test('webhooks and callbacks are listed, not replayed', async () => {
  const spec = await inYaml(`${head}webhooks: { paid: { post: { responses: {} } } }
paths:
  /a:
    post:
      callbacks: { done: { '{$request.body#/url}': { post: { responses: { 200: { description: d } } } } } }
      responses: { 200: { description: d } }
`)
  expect(spec.notReplayed).toEqual(['webhook paid', 'callback done of POST /a'])
  expect(spec.operations.map(({ path }) => path)).toEqual(['/a'])
})

test('a member of a path item that is no method is named with the nearest one', async () => {
  const spec = await inYaml(`${head}paths:
  /a:
    summary: s
    x-own: {}
    gett: { responses: { 200: { description: d } } }
    POST: { responses: { 200: { description: d } } }
    get: { responses: { 200: { description: d } } }
`)
  const said =
    'is no method, and nothing else that a path may hold, so nobody asks for what stands there.'
  expect(spec.problems.map(({ place, problem, fix }) => [place.line, problem, fix])).toEqual([
    [7, `"gett" ${said}`, 'write "get"'],
    [8, `"POST" ${said}`, 'write "post"'],
  ])
})

test.each([
  ['2.0', 1],
  ['3.0.3', 1],
  ['3.1.0', 0],
  ['3.2.0', 0],
])(
  'version %s: an operation without responses is a problem where the version asks for them',
  async (version, count) => {
    const key = version === '2.0' ? 'swagger' : 'openapi'
    const spec = await inYaml(`${key}: '${version}'
info: { title: t, version: '1' }
paths: { /a: { get: { description: d } } }
`)
    expect(spec.problems).toHaveLength(count)
  },
)
