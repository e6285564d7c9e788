import { expect, test } from 'vitest'
import { goodOrder, inJson, orderDocument } from '../testing/document.ts'
import { json } from '../testing/provider.ts'
import { prove } from '../testing/prove.ts'

const document = orderDocument({
  '200': inJson(
    { type: 'object' },
    {
      headers: {
        ETag: { required: true, schema: { type: 'string' } },
        'X-Optional': { schema: { type: 'integer' } },
        'Content-Type': { required: true, schema: { type: 'integer' } },
      },
    },
  ),
})

test('a required header that does not come is the only finding', async () => {
  const { codes, findings } = await prove(document, json(200, goodOrder))
  expect(codes).toEqual(['header-missing'])
  expect(findings[0]?.summary).toContain('without the header ETag')
})

test('its name in another case is the same header; an optional one may be absent', async () => {
  const { codes } = await prove(document, json(200, goodOrder, { etag: '"1"' }))
  expect(codes).toEqual([])
})
