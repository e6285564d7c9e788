import { expect, test } from 'vitest'
import { goodOrder, inJson, orderDocument } from '../testing/document.ts'
import { json } from '../testing/provider.ts'
import { prove } from '../testing/prove.ts'

const document = orderDocument({
  '200': inJson({ type: 'object' }),
  '503': inJson({ type: 'object' }),
  '5XX': inJson({}),
})

test.each([503, 599])('a documented %i has a code of its own', async (status) => {
  const { codes } = await prove(document, json(status, {}))
  expect(codes).toEqual(['documented-server-error'])
})

test('a success is none', async () => {
  const { codes } = await prove(document, json(200, goodOrder))
  expect(codes).toEqual([])
})
