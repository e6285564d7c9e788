import { expect, test } from 'vitest'
import { logWindow } from './log-window.ts'

const reading = (...logs: readonly (readonly string[])[]) => {
  const left = [...logs]
  return { log: async () => left.shift() ?? [] }
}

test.each([
  ['nothing was printed before', [], ['a'], ['a']],
  ['only what came since is read', ['started'], ['started', 'a', 'b'], ['a', 'b']],
  ['also where it says the same again', ['a'], ['a', 'a'], ['a']],
  ['also where the oldest lines are forgotten', ['a', 'b', 'c'], ['b', 'c', 'd'], ['d']],
  ['nothing came', ['a'], ['a'], []],
])('%s', async (_, before, after, expected) => {
  const printed = await logWindow(reading(before, after))
  expect(await printed()).toEqual(expected)
})

test('a log that cannot be read is none', async () => {
  const printed = await logWindow({ log: () => Promise.reject(new Error('gone')) })
  expect(await printed()).toEqual([])
})
