import { describe, expect, test } from 'vitest'
import type { JsonValue } from '../json.ts'
import type { Encoding } from '../types.ts'
import { writeBody } from './body.ts'

const written = (
  mediaType: string,
  value: JsonValue,
  encoding: Readonly<Record<string, Encoding>> = {},
) => {
  const body = writeBody({ mediaType, encoding }, value)
  return body && { ...body, body: new TextDecoder().decode(body.body) }
}

describe('bodies', () => {
  test.each([
    ['application/json', { a: 'ü' }, 'application/json', '{"a":"ü"}'],
    ['application/merge-patch+json', null, 'application/merge-patch+json', 'null'],
    ['*/*', { a: 1 }, 'application/json', '{"a":1}'],
    ['text/plain', 'hello', 'text/plain', 'hello'],
    ['text/*', 12, 'text/plain', '12'],
    ['application/octet-stream', 'raw', 'application/octet-stream', 'raw'],
    ['application/xml', '<a/>', 'application/xml', '<a/>'],
    [
      'application/x-www-form-urlencoded',
      { a: 'x y', b: [1, 2], c: { d: 1 } },
      'application/x-www-form-urlencoded',
      'a=x%20y&b=1&b=2&c=%7B%22d%22%3A1%7D',
    ],
  ] as const)('%s %j', (mediaType, value, contentType, body) => {
    expect(written(mediaType, value as JsonValue)).toEqual({ contentType, body })
  })

  test('a form keeps the encoding of its properties', () => {
    const encoding: Record<string, Encoding> = {
      b: { style: 'form', explode: false },
      c: { style: 'deepObject' },
    }
    expect(
      written('application/x-www-form-urlencoded', { b: [1, 2], c: { d: 1 } }, encoding)?.body,
    ).toBe('b=1,2&c%5Bd%5D=1')
  })

  test('multipart can be read by a parser that is not ours', async () => {
    const body = writeBody(
      { mediaType: 'multipart/form-data', encoding: { file: { contentType: 'image/png' } } },
      { name: 'ü "x"', tags: ['a', 'b'], meta: { k: 1 }, file: 'bytes' },
    )
    const form = await new Response(body?.body as Uint8Array<ArrayBuffer>, {
      headers: { 'content-type': body?.contentType ?? '' },
    }).formData()
    expect(form.get('name')).toBe('ü "x"')
    expect(form.getAll('tags')).toEqual(['a', 'b'])
    expect(form.get('file')).toMatchObject({ name: 'file.bin', type: 'image/png' })
    expect(form.get('meta')).toBe('{"k":1}')
  })

  test('what cannot be written is not', () => {
    expect(written('application/xml', { a: 1 })).toBeUndefined()
  })
})
