import { describe, expect, test } from 'vitest'
import type { IntegrationConfig } from '../../config/schema.ts'
import { Blocked } from '../../model/user-error.ts'
import { openResets } from './resets.ts'

const withReset = (reset?: 'auto' | 'process' | 'database'): IntegrationConfig => ({
  provider: { start: { command: ['serve'] }, ...(reset === undefined ? {} : { reset }) },
})

describe('openResets', () => {
  test('what the config asks for is what it gets', () => {
    const resets = openResets()
    resets.started('slow', 5000)
    expect(resets.of('slow', withReset('process'))).toBe('process')
    expect(resets.of('slow', withReset('database'))).toBe('database')
  })

  test.each([
    [200, 'process'],
    [1000, 'process'],
    [1001, 'database'],
  ] as const)('auto, ready in %i ms: %s', (milliseconds, reset) => {
    const resets = openResets()
    resets.started('orders', milliseconds)
    expect(resets.of('orders', withReset())).toBe(reset)
    expect(resets.of('orders', withReset('auto'))).toBe(reset)
  })

  test('auto goes by the quickest start: the others may have waited for a core', () => {
    const resets = openResets()
    for (const milliseconds of [1400, 700, 1900]) resets.started('orders', milliseconds)
    expect(resets.of('orders', withReset())).toBe('process')
  })

  test('one that is given by its address has no process of ours', () => {
    const config = {
      provider: { start: { url: 'http://127.0.0.1:1' }, reset: 'database' },
    } as const
    expect(openResets().of('staging', config)).toBe('process')
  })

  test('one that was given up gets processes, and that is told once, with reason and fix', () => {
    const resets = openResets()
    const reason = new Blocked({ problem: 'It did not recover.', fix: 'mend it' })
    resets.giveUp('orders', reason)
    resets.giveUp('orders', new Error('again'))
    expect(resets.of('orders', withReset('database'))).toBe('process')
    expect(resets.of('billing', withReset('database'))).toBe('database')
    expect(resets.notices()).toEqual([
      'orders: each case gets a fresh process from now on. It did not recover. (mend it)',
    ])
  })
})
