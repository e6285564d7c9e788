import { expect, test } from 'vitest'
import { differences, isSame, unwrapped } from './same.ts'

test.each([
  ['Emma', ' emma'],
  ['2030-01-01T10:00:00Z', '2030-01-01T11:00:00.000+01:00'],
  [
    ['a', 'b'],
    ['b', 'a'],
  ],
  [{ a: 1 }, { a: 1, made: true }],
  [{ a: null }, {}],
  [17, '17'],
])('%j may be read as %j', (written, read) => {
  expect(isSame(written, read)).toBe(true)
})

test.each([
  ['Emma', 'Ella'],
  [1.5, 1],
  [
    ['a', 'a'],
    ['a', 'b'],
  ],
  [['a'], []],
  [{ a: 1 }, {}],
  ['2030-01-01', '2030-01-02'],
])('%j may not be read as %j', (written, read) => {
  expect(isSame(written, read)).toBe(false)
})

const document = {
  schema: {
    type: 'object',
    properties: {
      name: { type: 'string' },
      pin: { type: 'string', writeOnly: true },
      press: { type: 'object', properties: { city: { type: 'string' } } },
    },
  },
}

test('what the document does not show there, or calls writeOnly, may be kept all the same', () => {
  const written = { name: 'a', pin: '1', secret: 'x', press: { city: 'Bonn', street: 'B' } }
  expect(differences(written, { press: {} }, document, '/schema')).toEqual([
    { at: '/name', written: 'a' },
    { at: '/press/city', written: 'Bonn' },
  ])
})

test('a body may be wrapped in another', () => {
  expect(unwrapped({ book: { name: 'a' }, links: {} }, { name: 'a' })).toEqual({ name: 'a' })
  expect(unwrapped([1], {})).toBeUndefined()
})
