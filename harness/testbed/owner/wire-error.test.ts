import { describe, expect, test } from 'vitest'
import { Blocked, UserError } from '../../model/user-error.ts'
import { fromWireError, toWireError } from './wire-error.ts'

const acrossTheSocket = (error: unknown): Error =>
  fromWireError(JSON.parse(JSON.stringify(toWireError(error))))

describe('an error across the socket', () => {
  test('a UserError keeps its parts and further mistakes', () => {
    const error = new UserError(
      {
        problem: 'It is wrong.',
        place: { file: 'a.yaml', line: 3 },
        expected: 'right',
        fix: 'mend',
      },
      [{ problem: 'This as well.' }],
    )
    const came = acrossTheSocket(error)
    expect(came).toBeInstanceOf(UserError)
    expect(came).toMatchObject({ message: error.message, parts: error.parts, others: error.others })
  })

  test('a Blocked keeps the log', () => {
    const error = new Blocked({ problem: 'It did not start.', log: 'line 1\nline 2' })
    const came = acrossTheSocket(error)
    expect(came).toBeInstanceOf(Blocked)
    expect(came).toMatchObject({ message: error.message, parts: error.parts })
  })

  test('any other error keeps message and stack', () => {
    const error = new TypeError('x is not a function')
    expect(acrossTheSocket(error)).toMatchObject({ message: error.message, stack: error.stack })
    expect(acrossTheSocket('words').message).toBe('words')
  })
})
