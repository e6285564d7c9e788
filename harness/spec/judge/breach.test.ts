import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../json.ts'
import { inJson, orderDocument, specFrom } from '../testing/document.ts'
import type { Breach, PlannedRequest } from '../types.ts'
import { breachOf } from './breach.ts'

const spec = await specFrom(
  orderDocument(
    { '200': inJson({}) },
    {
      parameters: [
        { name: 'id', in: 'path', required: true, schema: { type: 'integer' } },
        { name: 'limit', in: 'query', schema: { type: 'integer', maximum: 9 } },
        {
          name: 'of',
          in: 'query',
          explode: false,
          schema: { type: 'array', maxItems: 2, items: { type: 'string' } },
        },
        { name: 'X-Note', in: 'header', required: true, schema: { type: 'string' } },
      ],
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: { $ref: '#/components/schemas/Order' } },
          'application/x-www-form-urlencoded': {
            schema: {
              type: 'object',
              properties: { total: { type: 'integer', minimum: 0 }, tags: { type: 'array' } },
            } satisfies JsonObject,
          },
        },
      },
    },
    'post',
  ),
)
const [operation] = spec.operations

const sent = async (breach: Breach, more: Partial<PlannedRequest>) => {
  if (operation === undefined) throw new Error('The document has no operation.')
  const planned: PlannedRequest = {
    name: 'odd',
    method: 'POST',
    target: '/orders/1',
    basePath: '',
    headers: [['Content-Type', 'application/json']],
    credentials: [],
    intent: { kind: 'invalid', breach, words: 'odd' },
    ...more,
  }
  return (await breachOf(planned, operation, spec))?.expected
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const form = [['Content-Type', 'application/x-www-form-urlencoded']] as const

const parameter = (name: string): Breach => {
  const found = operation?.parameters.find((one) => one.name === name)
  if (found === undefined) throw new Error(`There is no parameter ${name}.`)
  return { part: 'parameter', parameter: found }
}

describe('a body', () => {
  const body = { part: 'body' } as const

  test('breaks its schema or does not, whatever it was made for', async () => {
    expect(await sent(body, { body: bytes('{"id":1,"total":-1}') })).toContain('/total: ')
    expect(await sent(body, { body: bytes('{"id":1,"total":1}') })).toBeUndefined()
  })

  test('of a form is judged as the text that it is', async () => {
    expect(await sent(body, { headers: form, body: bytes('total=-1') })).toContain('/total: ')
    expect(await sent(body, { headers: form, body: bytes('total=1&tags=a') })).toBeUndefined()
  })

  test('that still is JSON is not malformed', async () => {
    const malformed = { part: 'malformed-body' } as const
    expect(await sent(malformed, { body: bytes('{"id":1,}') })).toBe('a body that is JSON')
    expect(await sent(malformed, { body: bytes(' {"id":1} ') })).toBeUndefined()
  })

  test('is missing only where none was sent', async () => {
    expect(await sent({ part: 'missing-body' }, {})).toBe('a body, which is required')
    expect(await sent({ part: 'missing-body' }, { body: bytes('0') })).toBeUndefined()
  })

  test('is of a wrong media type only where the document does not list it', async () => {
    const headers = [['Content-Type', 'text/plain']] as const
    expect(await sent({ part: 'media-type' }, { headers })).toContain('else 415')
    expect(await sent({ part: 'media-type' }, {})).toBeUndefined()
  })
})

describe('a parameter', () => {
  test.each([
    ['limit', '/orders/1?limit=10', true],
    ['limit', '/orders/1?limit=9', false],
    ['limit', '/orders/1?limit=many', true],
    ['limit', '/orders/1', false],
    ['of', '/orders/1?of=a,b', false],
    ['of', '/orders/1?of=a,b,c', true],
    ['id', '/orders/many', true],
    ['id', '/orders/17', false],
  ])('%s in %s is broken: %s', async (name, target, isBroken) => {
    expect((await sent(parameter(name), { target })) !== undefined).toBe(isBroken)
  })

  test('is missing only where it is not sent', async () => {
    const breach = parameter('X-Note')
    const missing: Breach =
      breach.part === 'parameter' ? { ...breach, part: 'missing-parameter' } : breach
    expect(await sent(missing, {})).toContain('"X-Note", which is required')
    expect(await sent(missing, { headers: [['x-note', 'a']] })).toBeUndefined()
  })
})

test('what was not made to break anything breaks nothing', async () => {
  expect(await sent({ part: 'body' }, { intent: { kind: 'valid' } })).toBeUndefined()
})
