import { randomUUID } from 'node:crypto'
import type { RequestListener } from 'node:http'
import { json as readJson } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import type { RecipeRequest } from '../../model/recipe.ts'
import type { JsonObject } from '../json.ts'
import { json } from '../testing/provider.ts'
import { shrunk } from '../testing/shrunk.ts'

const thing = {
  type: 'object',
  required: ['id', 'name'],
  properties: {
    id: { type: 'string', format: 'uuid', readOnly: true },
    name: { type: 'string', minLength: 3, maxLength: 40 },
    note: { type: 'string', maxLength: 40 },
    size: { type: 'integer', minimum: 1, maximum: 9 },
    tags: { type: 'array', items: { type: 'string' }, maxItems: 5 },
  },
} satisfies JsonObject
const schema = { $ref: '#/components/schemas/Thing' }
const answers = { content: { 'application/json': { schema } }, description: '' }
const refused = { description: '', content: { 'application/json': { schema: {} } } }

const document: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'things', version: '1' },
  paths: {
    '/things': {
      get: {
        parameters: [{ name: 'page', in: 'query', schema: { type: 'integer', minimum: 1 } }],
        responses: {
          '200': {
            description: '',
            content: { 'application/json': { schema: { type: 'array', items: schema } } },
          },
          '4XX': refused,
        },
      },
      post: {
        requestBody: { required: true, content: { 'application/json': { schema } } },
        responses: { '201': answers, '4XX': refused },
      },
    },
    '/things/{id}': {
      parameters: [
        { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
      ],
      get: { responses: { '200': answers, '4XX': refused } },
    },
  },
  components: { schemas: { Thing: thing } },
}

type Thing = Readonly<Record<string, unknown>>

interface Faults {
  /** What an error says to a request to make this; nothing where it makes none. */
  readonly fails?: (sent: Thing) => string | undefined
  readonly reads?: (stored: Thing) => Thing
  /** Whether something is taken that should not be. */
  readonly takes?: (sent: Thing) => boolean
}

const isGood = ({ name, note = '', size = 1, tags = [] }: Thing): boolean =>
  typeof name === 'string' &&
  name.length >= 3 &&
  name.length <= 40 &&
  typeof note === 'string' &&
  note.length <= 40 &&
  Number.isInteger(size) &&
  Number(size) >= 1 &&
  Number(size) <= 9 &&
  Array.isArray(tags) &&
  tags.length <= 5 &&
  tags.every((tag) => typeof tag === 'string')

/** A provider that knows nothing yet, with ids that nobody can guess. */
const things =
  ({ fails, reads = (stored) => stored, takes = isGood }: Faults) =>
  (): RequestListener => {
    const stored = new Map<string, Thing>()
    return (request, response) => {
      const { method, url = '' } = request
      const [path = ''] = url.split('?')
      const answer = (status: number, value: unknown): void =>
        json(status, value)(request, response)
      if (path === '/things' && method === 'GET')
        return answer(200, [...stored.values()].map(reads))
      const found = stored.get(path.slice('/things/'.length))
      if (method === 'GET') return answer(found === undefined ? 404 : 200, found && reads(found))
      if (method !== 'POST' || path !== '/things') return answer(405, {})
      readJson(request).then(
        (sent) => {
          const { id: _, ...rest } = Object(sent) as Thing
          const failure = fails?.(rest)
          if (failure !== undefined) return answer(500, { title: failure })
          if (!takes(rest)) return answer(400, {})
          const id = randomUUID()
          stored.set(id, { id, ...rest })
          return answer(201, { id, ...rest })
        },
        () => answer(400, {}),
      )
    }
  }

const bodyOf = (request: RecipeRequest | undefined): unknown =>
  typeof request?.body === 'string' ? (JSON.parse(request.body) as unknown) : undefined

describe('the request', () => {
  test('loses every member and header that it does not need', async () => {
    const fails = ({ note, size }: Thing) =>
      note !== undefined && size !== undefined ? 'note and size' : undefined
    const { small, tries } = await shrunk(document, things({ fails }), {
      code: 'server-error',
      subject: 'POST /things',
      technique: 'boundaries',
    })
    const [only, ...others] = small.recipe?.requests ?? []
    expect(others).toEqual([])
    expect(Object.keys(bodyOf(only) as Thing).toSorted()).toEqual(['name', 'note', 'size'])
    // No shorter than the document allows: a request that breaks it would show something else.
    expect((bodyOf(only) as Thing)['name']).toMatch(/^.{3,8}$/)
    expect(only?.headers.map(([name]) => name)).toEqual(['Content-Type'])
    expect(tries).toBeLessThanOrEqual(12)
  })

  test('shows the same error, not another one with the same code', async () => {
    const fails = ({ note, size }: Thing) =>
      note !== undefined && size !== undefined
        ? 'note and size'
        : note !== undefined
          ? 'note alone'
          : undefined
    const { first, small } = await shrunk(document, things({ fails }), {
      code: 'server-error',
      subject: 'POST /things',
      technique: 'boundaries',
    })
    const sent = (body: Uint8Array | undefined): readonly string[] =>
      Object.keys(JSON.parse(new TextDecoder().decode(body)) as Thing)
    expect(sent(small.request?.body).includes('size')).toBe(
      sent(first.request?.body).includes('size'),
    )
    expect(sent(small.request?.body)).toContain('note')
  })

  test('breaks what it broke, and nothing else', async () => {
    const takes = (sent: Thing) => isGood({ ...sent, size: 1 })
    const { first, small } = await shrunk(document, things({ takes }), {
      code: 'accepted-invalid',
      subject: 'POST /things',
      technique: 'boundaries',
    })
    const body = bodyOf(small.recipe?.requests.at(-1)) as Thing
    expect(Object.keys(body).toSorted()).toEqual(['name', 'size'])
    expect(isGood({ ...body, size: 1 })).toBe(true)
    expect(isGood(body)).toBe(false)
    expect({ ...small, request: 0, recipe: 0, shown: 0 }).toEqual({
      ...first,
      request: 0,
      recipe: 0,
      shown: 0,
    })
  })
})

describe('what has to come before', () => {
  const withoutName = (stored: Thing): Thing =>
    Object.fromEntries(Object.entries(stored).filter(([name]) => name !== 'name'))

  test('is kept, and what it answers is carried over', async () => {
    const { small } = await shrunk(document, things({ reads: withoutName }), {
      code: 'body-schema',
      subject: 'GET /things/{id}',
      technique: 'examples',
    })
    const [make, read, ...others] = small.recipe?.requests ?? []
    expect(others).toEqual([])
    expect(make).toMatchObject({
      method: 'POST',
      takes: [{ name: 'things_id', from: { pointer: '/id' } }],
    })
    expect(read).toMatchObject({ target: '/things/{{things_id}}', headers: [], takes: [] })
    expect(small.request?.url).toMatch(/\/things\/[0-9a-f-]{36}$/)
    expect(small.shown?.at(-1)?.request.url).toMatch(/\/things\/\{\{things_id\}\}$/)
  })

  test('is left out where nothing of it is needed', async () => {
    const always: () => RequestListener = () => json(200, [{ id: 1 }])
    const { small } = await shrunk(document, always, {
      code: 'body-schema',
      subject: 'GET /things',
      technique: 'sequences',
    })
    expect(small.recipe?.requests.map(({ method, target }) => `${method} ${target}`)).toEqual([
      'GET /things',
    ])
  })

  test('is kept for what only several answers show', async () => {
    const reads = (stored: Thing): Thing => ({ ...stored, name: 'another' })
    const { small } = await shrunk(document, things({ reads }), {
      code: 'write-lost',
      subject: 'POST /things',
      technique: 'sequences',
    })
    const requests = small.recipe?.requests ?? []
    expect(requests.length).toBeLessThanOrEqual(4)
    expect(requests[0]?.method).toBe('POST')
    expect(requests.at(-1)?.target).toBe('/things/{{things_id}}')
  })
})

test('what does not show again is what it was', async () => {
  let asked = 0
  const once: () => RequestListener = () => {
    asked += 1
    return asked === 1 ? json(500, {}) : json(200, [])
  }
  const { first, small } = await shrunk(document, once, {
    code: 'server-error',
    subject: 'GET /things',
    technique: 'examples',
  })
  expect(small).toBe(first)
})
