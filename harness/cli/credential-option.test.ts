import { describe, expect, test } from 'vitest'
import { parseCredential } from './credential-option.ts'

describe('--credential', () => {
  test.each([
    ['admin=Authorization: Bearer abc', 'admin', { header: { Authorization: 'Bearer abc' } }],
    ['partner=X-API-Key:k=1;2', 'partner', { header: { 'X-API-Key': 'k=1;2' } }],
    [
      'expired=Authorization: Bearer abc; rejected=401',
      'expired',
      { header: { Authorization: 'Bearer abc' }, rejected: 401 },
    ],
    [
      'reader=Authorization: Bearer abc; scopes=read,orders:write; rejected=401',
      'reader',
      {
        header: { Authorization: 'Bearer abc' },
        scopes: ['read', 'orders:write'],
        rejected: 401,
      },
    ],
    ['shared=?key: a=b;c', 'shared', { query: { key: 'a=b;c' } }],
    ['tricky=X-Key: a; scopes=', 'tricky', { header: { 'X-Key': 'a; scopes=' } }],
  ])('reads %s', (text, name, config) => {
    expect(parseCredential(text)).toEqual([name, config])
  })

  test.each(['admin', 'admin=token-s3cret', '=A: b', 'a b=C: d'])(
    'says how it is written where %s is not, without showing the value',
    (text) => {
      let message = ''
      try {
        parseCredential(text)
      } catch (error) {
        message = error instanceof Error ? error.message : ''
      }
      expect(message).toContain('cannot be read')
      expect(message).toContain('NAME=Header: value')
      expect(message).not.toContain('s3cret')
    },
  )
})
