import { describe, expect, test } from 'vitest'
import { techniques } from '../types.ts'
import { shareOut, type Costed } from './budget.ts'

const cases = (operations: number, examples: number): readonly Costed[] =>
  techniques.flatMap((technique) =>
    Array.from({ length: operations }, () => ({
      technique,
      isBehind: true,
      requests: technique === 'examples' ? examples : 0,
    })),
  )

const sum = (shares: readonly number[]): number => shares.reduce((a, b) => a + b, 0)

describe('a budget of requests', () => {
  test.each([1, 5, 20, 100, 500, 10_000])('of %i is never exceeded', (budget) => {
    expect(sum(shareOut(budget, cases(19, 3), techniques))).toBeLessThanOrEqual(budget)
  })

  test('has the examples of all operations first, each whole or not at all', () => {
    const shares = shareOut(10, cases(4, 3), techniques)
    expect(shares.slice(0, 4)).toEqual([3, 3, 3, 0])
    expect(sum(shares.slice(4))).toBe(0)
  })

  test('leaves out dear techniques before cheap ones, and gives none too little to be of use', () => {
    const shares = shareOut(4 * 27 + 60, cases(4, 3), techniques)
    const deep = shares.slice(4)
    expect(deep.slice(0, 4).every((share) => share >= 12)).toBe(true)
    expect(deep.slice(8).every((share) => share === 0)).toBe(true)
  })

  test('that is large enough leaves nobody out', () => {
    expect(shareOut(5000, cases(4, 3), techniques)).not.toContain(0)
  })
})
