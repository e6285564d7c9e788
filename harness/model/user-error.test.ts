import { expect, test } from 'vitest'
import { Blocked, UserError } from './user-error.ts'

test('a user error names file, place, what was expected, and the fix', () => {
  const error = new UserError({
    problem: 'unknown key "x"',
    place: { file: 'proofbook.config.ts', line: 3, column: 7 },
    expected: 'one of a, b',
    fix: 'write "a"',
  })
  expect(error.message).toBe(
    'proofbook.config.ts:3:7: unknown key "x"\n  expected: one of a, b\n  fix: write "a"',
  )
})

test('several mistakes of one reading stand below each other', () => {
  const error = new UserError({ problem: 'one', place: { file: 'a' } }, [{ problem: 'two' }])
  expect(error.message).toBe('a: one\ntwo')
})

test('what is blocked keeps the log of what did not start apart from its message', () => {
  const error = new Blocked({ problem: 'the provider ended with exit code 3', log: 'boom' })
  expect(error.message).toBe('the provider ended with exit code 3')
  expect(error.parts.log).toBe('boom')
})
