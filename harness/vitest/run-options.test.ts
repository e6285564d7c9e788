import { expect, test } from 'vitest'
import { runOptionsFrom } from './run-options.ts'

test('the environment of plain vitest says seed, cases and keep', () => {
  expect(
    runOptionsFrom({ PROOFBOOK_SEED: '7', PROOFBOOK_CASE: 'a,b', PROOFBOOK_KEEP: '1' }),
  ).toMatchObject({ seed: 7, cases: ['a', 'b'], keep: true })
})

test('without it a seed is drawn, all cases run, and nothing is kept', () => {
  const { seed, cases, keep } = runOptionsFrom({ PROOFBOOK_KEEP: '0' })
  expect(Number.isInteger(seed)).toBe(true)
  expect(cases).toBeUndefined()
  expect(keep).toBe(false)
})

test.each(['-1', '1.5', 'abc', '99999999999'])('the seed %s is refused in words', (seed) => {
  expect(() => runOptionsFrom({ PROOFBOOK_SEED: seed })).toThrow(`the seed "${seed}" is no seed`)
})

test.each([
  ['500', { requests: 500 }],
  ['30s', { milliseconds: 30_000 }],
  ['2 m', { milliseconds: 120_000 }],
])('the budget %s is read', (text, budget) => {
  expect(runOptionsFrom({ PROOFBOOK_BUDGET: text }).budget).toEqual(budget)
})

test.each(['0', '-5', '1e3', '30 years', '0s'])('the budget %s is refused in words', (text) => {
  expect(() => runOptionsFrom({ PROOFBOOK_BUDGET: text })).toThrow(
    `the budget ${text} cannot be read`,
  )
})
