import { expect, test } from 'vitest'
import type { TsFence } from '../types.ts'
import { unmetOfError } from './script-error.ts'

const fence: TsFence = {
  language: 'ts',
  place: { file: 'guides/a.md', line: 10, column: 1 },
  lastLine: 14,
  lines: [],
}
const thrown = (stack: string, more: object = {}): Error =>
  Object.assign(new Error('boom'), { stack }, more)

test('points at the line of the page in the stack', () => {
  const error = thrown(
    'Error: boom\n    at x (/home/me/lib.ts:3:4)\n    at scenario1 (/home/me/guides/a.md:12:7)\n    at y (/home/me/guides/a.md:99:1)',
  )
  expect(unmetOfError(error, 'guides/a.md', fence)).toMatchObject({
    code: 'guide-script',
    place: { file: 'guides/a.md', line: 12, column: 7 },
    expected: 'a fence that runs to its end',
    actual: 'boom',
  })
})

test('points at the fence when the stack names another page, or a line outside of it', () => {
  for (const at of ['/home/me/guides/b.md:12:7', '/home/me/guides/a.md:30:1'])
    expect(unmetOfError(thrown(`Error\n    at x (${at})`), 'guides/a.md', fence).place.line).toBe(
      10,
    )
})

test('says what an assertion expected', () => {
  expect(
    unmetOfError(thrown('', { expected: 1, actual: [2] }), 'guides/a.md', fence),
  ).toMatchObject({
    expected: '1',
    actual: '[2] (boom)',
  })
})

test('takes whatever is thrown, and cuts it', () => {
  expect(unmetOfError('x'.repeat(9000), 'guides/a.md', fence).actual.length).toBeLessThan(600)
})
