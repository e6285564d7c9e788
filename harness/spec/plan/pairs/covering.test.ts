import { describe, expect, test } from 'vitest'
import { covering } from './covering.ts'

const missing = (sizes: readonly number[]): readonly string[] => {
  const rows = covering(sizes, 999)
  return sizes.flatMap((ofA, a) =>
    sizes.slice(a + 1).flatMap((ofB, index) =>
      Array.from({ length: ofA * ofB }, (_, both) => [Math.floor(both / ofB), both % ofB]).flatMap(
        ([i, j]) => {
          const b = a + 1 + index
          return rows.some((row) => row[a] === i && row[b] === j) ? [] : [`${a}=${i} ${b}=${j}`]
        },
      ),
    ),
  )
}

describe('a covering array', () => {
  test.each([[[2, 2]], [[2, 2, 2]], [[3, 3, 3, 3]], [[4, 1, 2, 3, 3, 2]], [Array(16).fill(3)]])(
    '%j: each level meets each level of every other factor',
    (sizes) => {
      expect(missing(sizes)).toEqual([])
    },
  )

  test('is small', () => {
    expect(covering(Array(12).fill(3), 99).length).toBeLessThanOrEqual(24)
    expect(covering(Array(8).fill(2), 99).length).toBeLessThanOrEqual(10)
  })

  test('begins with all that is first, then all that is second', () => {
    expect(covering([3, 1, 2], 99).slice(0, 2)).toEqual([
      [0, 0, 0],
      [1, 0, 1],
    ])
  })

  test('ends where it must', () => {
    expect(covering(Array(16).fill(3), 5)).toHaveLength(5)
  })
})
