import { expect, test } from 'vitest'
import { isWithin, parentOf, pointerOf, resolved, segmentsOf, valueAt } from './pointer.ts'

test('segments are escaped and come back', () => {
  const segments = ['a/b', '~', '', 'ü']
  expect(segmentsOf(pointerOf(segments))).toEqual(segments)
  expect(parentOf('/a/b~1c')).toBe('/a')
  expect([isWithin('/a/b', '/a'), isWithin('/ab', '/a')]).toEqual([true, false])
})

test('what is not there is undefined, also what objects inherit', () => {
  expect(valueAt({ a: [1] }, '/a/0')).toBe(1)
  expect(valueAt({}, '/constructor')).toBeUndefined()
})

test('references are followed, and circles of them end', () => {
  const document = {
    a: { $ref: '#/b' },
    b: { $ref: '#/c%20d' },
    'c d': 1,
    x: { $ref: '#/y' },
    y: { $ref: '#/x' },
  }
  expect(resolved(document, '/a')).toEqual({ pointer: '/c d', value: 1 })
  expect(resolved(document, '/x')).toBeUndefined()
})
