import { describe, expect, test } from 'vitest'
import { Blocked } from '../../model/user-error.ts'
import { explainFullDisk } from './full-disk.ts'

const withCode = (code: string): Error => Object.assign(new Error('write failed'), { code })

describe('a failure for want of space', () => {
  test.each<readonly [string, Error]>([
    ['of the file system', withCode('ENOSPC')],
    ['of a quota', withCode('EDQUOT')],
    ['in words', new Error('could not extend file: No space left on device')],
    [
      'in the log of what ended',
      new Blocked({ problem: 'initdb ended.', log: 'FATAL: disk full' }),
    ],
  ])('%s is one that says so', (_, error) => {
    const explained = explainFullDisk(error, '/dev/shm/run')
    expect(explained).toBeInstanceOf(Blocked)
    expect(String(explained)).toContain(
      'The disk is full: there is no space left in /dev/shm/run, where this run keeps its databases',
    )
  })

  test('keeps the log', () => {
    const error = new Blocked({ problem: 'initdb ended.', log: 'FATAL: disk full' })
    expect(explainFullDisk(error, '/')).toMatchObject({ parts: { log: 'FATAL: disk full' } })
  })

  test.each([withCode('EACCES'), new Blocked({ problem: 'It was not ready.', log: 'space' }), 'x'])(
    'any other stays as it is: %s',
    (error) => {
      expect(explainFullDisk(error, '/')).toBe(error)
    },
  )
})
