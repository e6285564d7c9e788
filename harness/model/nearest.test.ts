import { expect, test } from 'vitest'
import { nearest } from './nearest.ts'

test.each([
  ['environmnet', ['start', 'environment', 'states'], 'environment'],
  ['databse.url', ['database.url', 'database.user', 'payments.url'], 'database.url'],
  ['Runtime', ['runtime'], 'runtime'],
  ['xyz', ['environment', 'states'], undefined],
  ['anything', [], undefined],
])('the nearest to %s of %j is %s', (typed, known, expected) => {
  expect(nearest(typed, known)).toBe(expected)
})
