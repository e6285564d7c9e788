import { expect, test } from 'vitest'
import { orderDocument } from '../testing/document.ts'
import { json } from '../testing/provider.ts'
import { prove } from '../testing/prove.ts'

const document = orderDocument({
  '202': { description: 'accepted' },
  '404': { description: 'unknown' },
})

test('a body where a success documents none is the only finding', async () => {
  const { codes, findings } = await prove(document, json(202, {}))
  expect(codes).toEqual(['body-undocumented'])
  expect(findings[0]?.actual).toBe('2 bytes of application/json')
})

test('a success without one is none', async () => {
  const { codes } = await prove(document, (_, response) => response.writeHead(202).end())
  expect(codes).toEqual([])
})

test('an error may bring one that the document does not describe', async () => {
  const { codes } = await prove(document, json(404, { problem: 'unknown' }))
  expect(codes).toEqual(['inconclusive'])
})
