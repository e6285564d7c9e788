import { describe, expect, test } from 'vitest'
import type { JsonValue } from '../json.ts'
import type { Parameter } from '../types.ts'
import { serialise } from './serialise.ts'

const parameter = (more: Partial<Parameter>): Parameter => ({
  name: 'v',
  in: 'query',
  required: true,
  style: 'form',
  explode: true,
  allowReserved: false,
  examples: [],
  pointer: '',
  ...more,
})

const list = ['a', 'b c', 1]
const object = { x: 1, y: 'ü' }

/** OpenAPI 3.1, 4.8.12.4: the table of style examples, with characters that need encoding. */
const paths: readonly (readonly [Partial<Parameter>, JsonValue, string])[] = [
  [{ style: 'simple', explode: false }, 'a/b?c', '/o/a%2Fb%3Fc'],
  [{ style: 'simple', explode: false }, list, '/o/a,b%20c,1'],
  [{ style: 'simple', explode: false }, object, '/o/x,1,y,%C3%BC'],
  [{ style: 'simple', explode: true }, object, '/o/x=1,y=%C3%BC'],
  [{ style: 'label', explode: false }, list, '/o/.a,b%20c,1'],
  [{ style: 'label', explode: true }, list, '/o/.a.b%20c.1'],
  [{ style: 'label', explode: true }, object, '/o/.x=1.y=%C3%BC'],
  [{ style: 'matrix', explode: false }, 'a', '/o/;v=a'],
  [{ style: 'matrix', explode: false }, list, '/o/;v=a,b%20c,1'],
  [{ style: 'matrix', explode: true }, list, '/o/;v=a;v=b%20c;v=1'],
  [{ style: 'matrix', explode: true }, object, '/o/;x=1;y=%C3%BC'],
]

const queries: readonly (readonly [Partial<Parameter>, JsonValue, string])[] = [
  [{}, 'a&b=c', 'v=a%26b%3Dc'],
  [{}, true, 'v=true'],
  [{}, "it's (1)!*", 'v=it%27s%20%281%29%21%2A'],
  [{ allowReserved: true }, 'a/b?c&d', 'v=a/b?c%26d'],
  [{}, list, 'v=a&v=b%20c&v=1'],
  [{ explode: false }, list, 'v=a,b%20c,1'],
  [{}, object, 'x=1&y=%C3%BC'],
  [{ explode: false }, object, 'v=x,1,y,%C3%BC'],
  [{ style: 'spaceDelimited', explode: false }, ['a', 'b'], 'v=a%20b'],
  [{ style: 'pipeDelimited', explode: false }, ['a', 'b'], 'v=a%7Cb'],
  [{ style: 'deepObject' }, { x: 1, tags: ['a', 'b'] }, 'v%5Bx%5D=1&v%5Btags%5D=a&v%5Btags%5D=b'],
  [{ name: 'filter[a]' }, 'x', 'filter%5Ba%5D=x'],
  [{ mediaType: 'application/json' }, { a: 1 }, 'v=%7B%22a%22%3A1%7D'],
  [{}, '\uD800', 'v=%EF%BF%BD'],
]

describe('parameters become text', () => {
  test.each(paths)('path %j %j', (more, value, expected) => {
    expect(serialise('/o/{v}', [[parameter({ in: 'path', ...more }), value]]).path).toBe(expected)
  })

  test.each(queries)('query %j %j', (more, value, expected) => {
    const { query } = serialise('/o', [[parameter(more), value]])
    expect(query.map((pair) => pair.join('=')).join('&')).toBe(expected)
  })

  test('headers are plain, cookies are forms', () => {
    const { headers, cookies } = serialise('/o', [
      [parameter({ in: 'header', name: 'X-A', style: 'simple', explode: false }), ['a b', 2]],
      [parameter({ in: 'cookie', name: 'c' }), 'x;y'],
    ])
    expect(headers).toEqual([['X-A', 'a b,2']])
    expect(cookies).toEqual([['c', 'x%3By']])
  })

  test('the template itself is written as a URL has it, and $ in a value is no pattern', () => {
    expect(serialise('/ä b/{v}', [[parameter({ in: 'path', style: 'simple' }), '$&']]).path).toBe(
      '/%C3%A4%20b/%24%26',
    )
  })
})
