import { expect, test } from 'vitest'
import type { Exchange } from '../../model/http.ts'
import type { JsonObject } from '../json.ts'
import { inJson, specFrom } from '../testing/document.ts'
import type { MadeThing } from '../types.ts'
import { written } from './draft.ts'
import { undoing } from './undo.ts'

const id: JsonObject = { name: 'id', in: 'path', required: true, schema: { type: 'string' } }

const documentWith = (more: JsonObject): JsonObject => ({
  openapi: '3.1.0',
  info: { title: 'Orders', version: '1' },
  paths: {
    '/orders': { post: { responses: { '201': inJson({ type: 'object' }) } } },
    '/orders/{id}': { get: { parameters: [id], responses: { '200': inJson({}) } }, ...more },
  },
})

const removable: JsonObject = { delete: { parameters: [id], responses: { '204': {} } } }

const undone = async (
  status: number,
  body: JsonObject,
  headers: readonly (readonly [string, string])[] = [],
  more = removable,
): Promise<MadeThing | undefined> => {
  const spec = await specFrom(documentWith(more))
  const operation = spec.operations.find(({ method }) => method === 'POST')
  if (operation === undefined) throw new Error('there is no POST')
  const planned = written({ operation, values: [], credentials: [] }, 'generated')
  const exchange: Exchange = {
    request: { method: 'POST', url: 'http://x/orders', headers: [] },
    answer: {
      status,
      headers: [['content-type', 'application/json'], ...headers],
      body: new TextEncoder().encode(JSON.stringify(body)),
      milliseconds: 1,
    },
  }
  const options = { spec, seed: 1, given: {}, credentials: [], mayWrite: true, isOurs: false }
  return undoing(options)(planned, exchange)
}

test('a new thing is taken away by the DELETE of its path', async () => {
  const { undo } = (await undone(201, { id: 'o-1' })) ?? {}
  expect(undo).toMatchObject({ method: 'DELETE', target: '/orders/o-1' })
})

test('Location says where it is, whatever the body says', async () => {
  const location = [['location', 'http://x/orders/o-2']] as const
  expect((await undone(201, { id: 'other' }, location))?.undo?.target).toBe('/orders/o-2')
})

test('what may have been there before is listed, and not taken away', async () => {
  const thing = await undone(200, { id: 'o-1' })
  expect(thing?.undo).toBeUndefined()
  expect(thing?.doubt).toContain('answered 200 and not 201')
})

test('without a DELETE, and without an id, it is said where and why', async () => {
  expect(await undone(201, { id: 'o-1' }, [], {})).toEqual({
    target: '/orders/o-1',
    doubt: 'the document has no DELETE for it',
  })
  expect((await undone(201, {}))?.doubt).toBe('its answer does not say where it is')
})

test('what was refused has made nothing', async () => {
  expect(await undone(409, { id: 'o-1' })).toBeUndefined()
})
