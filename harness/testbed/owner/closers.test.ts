import { describe, expect, test, vi } from 'vitest'
import { openClosers } from './closers.ts'

describe('openClosers', () => {
  test('closes in reverse and goes on after errors', async () => {
    const closed: string[] = []
    const closers = openClosers()
    closers.add('the database', () => {
      closed.push('database')
    })
    closers.add('the link', () => Promise.reject(new Error('it is stuck')))
    closers.add('the stub', () => {
      throw new Error('it is gone')
    })
    closers.add('the provider', async () => {
      closed.push('provider')
    })
    const errors = await closers.close()
    expect(closed).toEqual(['provider', 'database'])
    expect(errors.map(({ message }) => message)).toEqual([
      'the stub could not be closed: it is gone',
      'the link could not be closed: it is stuck',
    ])
  })

  test('closes each thing once', async () => {
    const close = vi.fn<() => void>()
    const closers = openClosers()
    closers.add('it', close)
    await closers.close()
    await closers.close()
    expect(close).toHaveBeenCalledOnce()
  })

  test('what hangs does not keep the rest open', async () => {
    vi.useFakeTimers()
    try {
      const close = vi.fn<() => void>()
      const closers = openClosers()
      closers.add('the database', close)
      closers.add('the link', () => new Promise(() => {}))
      const closing = closers.close()
      await vi.advanceTimersByTimeAsync(10_000)
      expect((await closing).map(({ message }) => message)).toEqual([
        'the link could not be closed: not done after 10 s',
      ])
      expect(close).toHaveBeenCalledOnce()
    } finally {
      vi.useRealTimers()
    }
  })
})
