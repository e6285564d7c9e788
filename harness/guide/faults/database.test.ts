import { describe, expect, test } from 'vitest'
import { parseFault } from './kinds.ts'

describe('[fault-database] what is done to a database', () => {
  test.each([
    ['down', { does: 'down' }],
    ['restarted', { does: 'restarted' }],
    ['read-only', { does: 'read-only' }],
    ['read only', { does: 'read-only' }],
    ['too many connections', { does: 'too-many-connections' }],
    ['lock on `public.orders`', { does: 'lock', table: 'public.orders' }],
  ])('%s', (words, variant) => {
    expect(parseFault(`database \`database\`, ${words}`)).toEqual({
      fault: { kind: 'database', name: 'database', variant },
    })
  })

  test('has a nearest where it is mistyped', () => {
    expect(parseFault('database `database`, too many conections')).toMatchObject({
      problem: { fix: 'write it as: too many connections' },
    })
  })
})
