import type { RequestListener } from 'node:http'
import { expect, test } from 'vitest'
import { inJson, orderDocument } from '../../testing/document.ts'
import { prove } from '../../testing/prove.ts'

const document = orderDocument({
  '200': {
    description: 'The order.',
    content: {
      'application/json': { schema: { type: 'object' } },
      'text/csv': { schema: { type: 'string' } },
    },
  },
  '406': inJson({}),
})

/** Answers in JSON where that is accepted, and else in a media type of its own. */
const provider =
  (other: string): RequestListener =>
  (request, response) => {
    const isJson = /json|\*/.test(request.headers.accept ?? '*/*')
    response.writeHead(200, { 'content-type': isJson ? 'application/json' : other })
    response.end(isJson ? '{}' : 'id\r\n1\r\n')
  }

const codesOf = async (other: string): Promise<readonly string[]> => {
  const { codes } = await prove(document, provider(other), { techniques: ['sequences'] })
  return codes
}

test('a media type that is never the first is asked for alone', async () => {
  expect(await codesOf('text/html')).toContain('media-type-undocumented')
  expect(await codesOf('text/csv; charset=utf-8')).toEqual([])
})
