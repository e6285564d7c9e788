import { expect, test } from 'vitest'
import { goodOrder, inJson, orderDocument } from '../testing/document.ts'
import { json } from '../testing/provider.ts'
import { prove } from '../testing/prove.ts'

test('an undocumented 500 is one finding, whatever its body', async () => {
  const { codes, findings } = await prove(orderDocument(), json(500, 'boom'))
  expect(codes).toEqual(['server-error'])
  expect(findings[0]?.summary).toContain('answered 500')
})

test('a 500 that only `default` covers is the same', async () => {
  const document = orderDocument({ '200': inJson({}), default: inJson({}) })
  const { codes } = await prove(document, json(500, {}))
  expect(codes).toEqual(['server-error'])
})

test('a success is none', async () => {
  const { codes } = await prove(orderDocument(), json(200, goodOrder))
  expect(codes).toEqual([])
})
