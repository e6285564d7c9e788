import { expect, test } from 'vitest'
import { most, openBudget } from './search.ts'

const letters = 'abcdefgh'.split('')

test.each([
  ['nothing stands in the way', '', 'abcdefgh', 1],
  ['one is needed', 'c', 'abdefgh', 7],
  ['two are needed', 'bg', 'acdefh', 11],
  ['all are needed', 'abcdefgh', '', 15],
])('%s', async (_, needed, expected, triesMax) => {
  let tries = 0
  const dropped = await most(letters, (some) => {
    tries += 1
    return Promise.resolve(!some.some((one) => needed.includes(one)))
  })
  expect(dropped.join('')).toBe(expected)
  expect(tries).toBeLessThanOrEqual(triesMax)
})

test('a budget ends by tries and by time', () => {
  const budget = openBudget(2, 10_000)
  expect([budget.take(), budget.take(), budget.take()]).toEqual([true, true, false])
  expect(openBudget(2, -1).take()).toBe(false)
})
