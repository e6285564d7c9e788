import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../json.ts'
import { inJson, orderDocument, specFrom } from '../testing/document.ts'
import { planSpec, type PlanSpecContext } from './plan-spec.ts'

const context: PlanSpecContext = {
  integration: 'orders',
  credentials: [],
  seed: 1,
  techniques: ['examples'],
}

const planned = async (document: JsonObject, more: Partial<PlanSpecContext> = {}) =>
  planSpec(await specFrom(document), { ...context, ...more })

const only = async (document: JsonObject, more: Partial<PlanSpecContext> = {}) => {
  const [testCase, ...others] = await planned(document, more)
  if (testCase === undefined || others.length > 0) throw new Error('One case was expected.')
  return testCase
}

const ok = { '200': inJson({}) }
const text = (body?: Uint8Array): string => new TextDecoder().decode(body)

describe('cases', () => {
  test('one an operation, found by what a person would type', async () => {
    const testCase = await only(orderDocument())
    expect(testCase).toMatchObject({
      kind: 'operation',
      integration: 'orders',
      group: ['orders'],
      name: 'GET /orders/{id} theOrder › examples',
    })
    expect(testCase.place.file).toBe('spec.json')
    for (const typed of ['GET /orders/\\{id\\}', 'theOrder', '/orders'])
      expect(testCase.name).toMatch(new RegExp(typed))
  })

  test('the same plan for the same seed, other generated values for another', async () => {
    const schema = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } }
    const document = orderDocument(
      ok,
      { requestBody: { content: { 'application/json': { schema } } } },
      'post',
    )
    const bytes = async (seed: number) =>
      JSON.stringify((await only(document, { seed })).detail.requests)
    expect(await bytes(1)).toBe(await bytes(1))
    expect(await bytes(1)).not.toBe(await bytes(2))
    expect((await only(document)).id).toBe((await only(document, { seed: 2 })).id)
  })

  test('problems of the document are one red case; what is usable is planned', async () => {
    const document = orderDocument(ok)
    const paths = document['paths'] as JsonObject
    const cases = await planned({
      ...document,
      paths: { ...paths, '/b/{x}': { get: { responses: ok } } },
    })
    expect(cases.map(({ name, ruling }) => [name, ruling?.verdict])).toEqual([
      ['spec.json › document', 'failed'],
      ['GET /orders/{id} theOrder › examples', undefined],
      ['GET /b/{x} › examples', 'blocked'],
    ])
    expect(cases[0]?.ruling?.reason).toMatch(
      /^The document breaks OpenAPI in 1 place\.\nspec\.json:\d+:\d+ \(\/paths\/~1b~1\{x\}\/get\): The path has "\{x\}"/,
    )
  })

  test('a document without operations proves nothing, and is red', async () => {
    const cases = await planned({
      openapi: '3.1.0',
      info: { title: 'T', version: '1' },
      components: {},
    })
    expect(cases.map(({ ruling }) => ruling?.verdict)).toEqual(['failed'])
  })
})

describe('a reference that leads nowhere', () => {
  const dead: JsonObject = { $ref: '#/components/schemas/Nothing' }
  const document = (schemas: JsonObject): JsonObject => ({
    openapi: '3.1.0',
    info: { title: 't', version: '1' },
    paths: {
      '/a': { get: { responses: { '200': inJson({ $ref: '#/components/schemas/A' }) } } },
      '/b': { get: { responses: ok } },
    },
    components: { schemas },
  })
  const verdicts = async (schemas: JsonObject) =>
    (await planned(document(schemas)))
      .slice(1)
      .map(({ name, ruling }) => [name, ruling?.verdict, ruling?.reason?.includes('Nothing')])

  test('blocks each operation that is made of it, however deep, and no other', async () => {
    const loop: JsonObject = { properties: { a: { $ref: '#/components/schemas/A' } } }
    const lists: readonly JsonObject[] = [
      { A: dead },
      { A: { items: { $ref: '#/components/schemas/B' } }, B: { allOf: [dead, loop] } },
    ]
    for (const schemas of lists)
      expect(await verdicts(schemas)).toEqual([
        ['GET /a › examples', 'blocked', true],
        ['GET /b › examples', undefined, undefined],
      ])
  })

  test('in what no operation refers to blocks none', async () => {
    expect(await verdicts({ A: {}, B: dead })).toEqual([
      ['GET /a › examples', undefined, undefined],
      ['GET /b › examples', undefined, undefined],
    ])
  })
})

test('an operation of which no answer is documented is not yet proved, and not red', async () => {
  const { ruling } = await only({
    openapi: '3.1.0',
    info: { title: 't', version: '1' },
    paths: { '/a': { get: { description: 'd' } } },
  })
  expect(ruling?.verdict).toBe('unimplemented')
})

describe('requests', () => {
  test('each documented example is asked, those of one name together', async () => {
    const document = orderDocument(
      ok,
      {
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            schema: { type: 'integer' },
            examples: { a: { value: 1 }, b: { value: 2 } },
          },
        ],
        requestBody: {
          content: {
            'application/json': {
              schema: {},
              examples: {
                a: { value: 'first' },
                b: { value: 'second' },
                c: { $ref: '#/components/examples/C' },
              },
            },
          },
        },
      },
      'put',
    )
    const withExample = {
      ...document,
      components: {
        ...(document['components'] as JsonObject),
        examples: { C: { value: 'third' } },
      },
    }
    const { requests } = (await only(withExample)).detail
    expect(requests.map(({ name, target, body }) => [name, target, text(body)])).toEqual([
      ['example "a"', '/orders/1', '"first"'],
      ['example "b"', '/orders/2', '"second"'],
      ['example "c"', '/orders/1', '"third"'],
    ])
  })

  test('what is optional and has an example comes in a request of its own', async () => {
    const parameters = [
      { name: 'id', in: 'path', required: true, schema: { type: 'integer' }, example: 1 },
      { name: 'page', in: 'query', schema: { type: 'integer' }, example: 2 },
      { name: 'size', in: 'query', schema: { type: 'integer' } },
      { name: 'bad name', in: 'header', schema: {}, example: 'x' },
    ]
    const { requests } = (await only(orderDocument(ok, { parameters }))).detail
    expect(requests.map(({ target }) => target)).toEqual(['/orders/1', '/orders/1?page=2'])
  })

  test('examples that break their own schema are passed over', async () => {
    const parameters = [
      {
        name: 'id',
        in: 'path',
        required: true,
        schema: { type: 'integer', minimum: 5 },
        example: 'x',
      },
    ]
    const { requests } = (await only(orderDocument(ok, { parameters }))).detail
    expect(requests.map(({ name, target }) => [name, target])).toEqual([['generated', '/orders/5']])
  })

  test('--example comes before the document, as its type', async () => {
    const { requests } = (await only(orderDocument(), { examples: { id: '42' } })).detail
    expect(requests.map(({ name, target }) => [name, target])).toEqual([['given', '/orders/42']])
  })

  test('a generated part of a path is never empty, nor dots', async () => {
    const parameters = [
      { name: 'id', in: 'path', required: true, schema: { enum: ['', '..', 'a/b'] } },
    ]
    const { requests } = (await only(orderDocument(ok, { parameters }))).detail
    expect(requests[0]?.target).toBe('/orders/a%2Fb')
  })

  test('each media type of a body is asked; Accept lists what is documented, successes first', async () => {
    const content = {
      'application/json': { schema: { type: 'object' } },
      'application/x-www-form-urlencoded': { schema: { type: 'object' } },
      'application/xml': {},
    }
    const document = orderDocument(
      {
        '400': { description: 'd', content: { 'application/problem+json': {} } },
        '200': inJson({}),
      },
      { requestBody: { required: true, content } },
      'post',
    )
    const { requests } = (await only(document)).detail
    expect(requests.map(({ headers }) => Object.fromEntries(headers))).toEqual([
      { Accept: 'application/json, application/problem+json', 'Content-Type': 'application/json' },
      {
        Accept: 'application/json, application/problem+json',
        'Content-Type': 'application/x-www-form-urlencoded',
      },
    ])
  })

  test('what nobody can make blocks the case and says what to add', async () => {
    const xml = await only(
      orderDocument(
        ok,
        { requestBody: { required: true, content: { 'application/xml': {} } } },
        'post',
      ),
    )
    expect(xml.ruling).toMatchObject({
      verdict: 'blocked',
      reason: 'No valid body is known in application/xml, and none could be generated.',
    })
    const never = await only(
      orderDocument(ok, {
        parameters: [{ name: 'id', in: 'path', required: true, schema: false }],
      }),
    )
    expect(never.ruling?.fix).toContain('--example id=')
  })

  test('planned bodies keep their schema by both engines', async () => {
    const schema: JsonObject = { $ref: '#/components/schemas/Order' }
    const spec = await specFrom(
      orderDocument(ok, { requestBody: { content: { 'application/json': { schema } } } }, 'post'),
    )
    for (const seed of [1, 2, 3, 4, 5]) {
      const [testCase] = planSpec(spec, { ...context, seed })
      const value = JSON.parse(text(testCase?.detail.requests[0]?.body))
      expect(await spec.schemas.check('/components/schemas/Order', 'request', value)).toEqual({
        violations: [],
        doubtful: [],
      })
    }
  })
})

describe('what is not asked', () => {
  test.each([
    [{ include: ['GET *'] }, undefined],
    [{ include: ['theorder'] }, undefined],
    [{ include: ['/orders/*'] }, undefined],
    [{ include: ['POST *'] }, 'not-asked'],
    [{ exclude: ['/orders/*'] }, 'not-asked'],
    [{ include: ['/orders/{id'] }, 'not-asked'],
  ])('%j', async (selection, verdict) => {
    expect((await only(orderDocument(), selection)).ruling?.verdict).toBe(verdict)
  })

  test('on a provider that is not ours, writes need a flag', async () => {
    const document = orderDocument(ok, {}, 'delete')
    expect((await only(document, { allowWrites: false })).ruling).toMatchObject({
      verdict: 'not-asked',
      fix: '--allow-writes asks it all the same',
    })
    expect((await only(document, { allowWrites: true })).ruling).toBeUndefined()
    expect((await only(orderDocument(), { allowWrites: false })).ruling).toBeUndefined()
  })

  test('nor is an id that nobody gave', async () => {
    const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }]
    const document = orderDocument(ok, { parameters })
    expect((await only(document, { allowWrites: false })).ruling).toMatchObject({
      verdict: 'not-asked',
      reason: 'Nobody gave a value for {id}.',
      fix: '--example id=…',
    })
    expect(
      (await only(document, { allowWrites: false, examples: { id: '1' } })).ruling,
    ).toBeUndefined()
    expect((await only(document)).ruling).toBeUndefined()
    const enumerated = [{ name: 'id', in: 'path', required: true, schema: { enum: ['open'] } }]
    expect(
      (await only(orderDocument(ok, { parameters: enumerated }), { allowWrites: false })).ruling,
    ).toBeUndefined()
  })
})
