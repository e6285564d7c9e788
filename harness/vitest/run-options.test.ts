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
