import { expect, test } from 'vitest'
import { matchOperation, responseFor } from './match-operation.ts'
import { shopSpec } from './testing/shop-spec.ts'

const spec = await shopSpec()

test.each([
  ['GET', '/v1/items', '/items'],
  ['GET', '/items', '/items'],
  ['get', '/v1/items/1', '/items/{id}'],
  ['GET', '/v1/items/special', '/items/special'],
  ['GET', '/v1/items/1/parts', undefined],
  ['GET', '/v1', undefined],
  ['DELETE', '/v1/items', undefined],
])('%s %s asks for %s', (method, path, template) => {
  expect(matchOperation(spec, method, path)?.path).toBe(template)
})

test.each([
  ['POST', '/items', 201, '201'],
  ['POST', '/items', 404, '4XX'],
  ['POST', '/items', 500, undefined],
  ['GET', '/items/special', 500, 'default'],
])('%s %s with %i is answered by %s', (method, path, status, documented) => {
  const operation = matchOperation(spec, method, path)
  expect(operation && responseFor(operation, status)?.status).toBe(documented)
})
