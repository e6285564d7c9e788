import { describe, expect, test } from 'vitest'
import { UserError } from '../../model/user-error.ts'
import { named } from './named.ts'

const words = { what: 'database', of: 'orders' }
const two = { main: 'a', archive: 'b' }

describe('named', () => {
  test('by name, or the only one', () => {
    expect(named(two, 'archive', words)).toBe('b')
    expect(named({ main: 'a' }, undefined, words)).toBe('a')
  })

  const cases: readonly [string, Readonly<Record<string, string>>, string | undefined, string][] = [
    [
      'a mistyped name',
      two,
      'archve',
      'The testbed of "orders" has no database "archve".\n  expected: one of "main", "archive"\n  fix: write "archive"',
    ],
    [
      'a name that resembles none',
      two,
      'zzzzzzzz',
      'The testbed of "orders" has no database "zzzzzzzz".\n  expected: one of "main", "archive"',
    ],
    [
      'no name where there are two',
      two,
      undefined,
      'The testbed of "orders" has more than one database, so its name is needed.\n  expected: one of "main", "archive"',
    ],
    [
      'none at all',
      {},
      undefined,
      'The testbed of "orders" has no database.\n  fix: add one to integrations.orders.dependencies',
    ],
    [
      'a name where there is none',
      {},
      'main',
      'The testbed of "orders" has no database "main", nor any other.\n  fix: add one to integrations.orders.dependencies',
    ],
    [
      'what every object has',
      two,
      'toString',
      'The testbed of "orders" has no database "toString".\n  expected: one of "main", "archive"',
    ],
  ]
  test.each(cases)('%s', (_, entries, name, message) => {
    const use = (): unknown => named(entries, name, words)
    expect(use).toThrow(UserError)
    expect(use).toThrow(expect.objectContaining({ message }))
  })
})
