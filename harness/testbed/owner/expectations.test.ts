import { describe, expect, test } from 'vitest'
import { openExpectations } from './expectations.ts'

describe('openExpectations', () => {
  test('where nobody tells anything, nothing is expected', () => {
    const expectations = openExpectations()
    expectations.began('1', 'orders', 'a')
    expect(expectations.left('orders')).toBe(0)
  })

  test('each case counts once, however many testbeds it asks for', () => {
    const expectations = openExpectations()
    expectations.tell('1', 'orders', 3)
    for (const id of ['a', 'a', 'b']) expectations.began('1', 'orders', id)
    expect([expectations.left('orders'), expectations.left('billing')]).toEqual([1, 0])
  })

  test('workers are added up, and one that is gone counts no more', () => {
    const expectations = openExpectations()
    expectations.tell('1', 'orders', 3)
    expectations.tell('2', 'orders', 4)
    expectations.tell('2', 'orders', 1)
    expect(expectations.left('orders')).toBe(8)
    expectations.forget('2')
    expect(expectations.left('orders')).toBe(3)
  })

  test('a case that comes again, in watch mode, counts again', () => {
    const expectations = openExpectations()
    expectations.tell('1', 'orders', 1)
    expectations.began('1', 'orders', 'a')
    expectations.tell('1', 'orders', 1)
    expectations.began('1', 'orders', 'a')
    expect(expectations.left('orders')).toBe(0)
  })

  test.each([-1, 0.5, Number.NaN, Infinity])('a count of %d is nonsense', (count) => {
    const expectations = openExpectations()
    expectations.tell('1', 'orders', count)
    expect(expectations.left('orders')).toBe(0)
  })
})
