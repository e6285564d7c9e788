import { describe, expect, test } from 'vitest'
import type { Credential } from '../../model/credential.ts'
import type { SecurityAlternative, SecurityScheme } from '../types.ts'
import { chooseCredentials } from './choose-credentials.ts'

const schemes: Readonly<Record<string, SecurityScheme>> = {
  bearer: { name: 'bearer', type: 'http', scheme: 'bearer' },
  basic: { name: 'basic', type: 'http', scheme: 'basic' },
  oauth: { name: 'oauth', type: 'oauth2' },
  key: { name: 'key', type: 'apiKey', in: 'header', field: 'X-API-Key' },
  session: { name: 'session', type: 'apiKey', in: 'cookie', field: 'sid' },
}

const token = (name: string, more: Partial<Credential> = {}): Credential => ({
  name,
  fields: [{ in: 'header', name: 'authorization', value: `Bearer ${name}` }],
  ...more,
})
const partner: Credential = {
  name: 'partner',
  fields: [{ in: 'header', name: 'x-api-key', value: 'k' }],
}

const needs = (...names: string[]): SecurityAlternative =>
  names.map((name) => {
    const [scheme = '', ...scopes] = name.split(' ')
    return { scheme, scopes }
  })

const chosen = (security: readonly SecurityAlternative[], credentials: readonly Credential[]) =>
  chooseCredentials(security, credentials, schemes)

describe('which credential a request gets', () => {
  test('none where none is asked for, also where it is optional', () => {
    expect(chosen([], [token('admin')])).toEqual({ names: [], isLacking: false })
    expect(chosen([needs('bearer'), []], [token('admin')])).toEqual({ names: [], isLacking: false })
  })

  test.each([
    [
      'the first that speaks the scheme',
      [needs('bearer')],
      [partner, token('a'), token('b')],
      ['a'],
    ],
    ['by its field, whatever its case', [needs('key')], [token('a'), partner], ['partner']],
    ['OAuth tokens are bearer tokens', [needs('oauth read')], [token('a')], ['a']],
    [
      'one that has the scopes',
      [needs('bearer read write')],
      [token('r', { scopes: ['read'] }), token('rw', { scopes: ['read', 'write', 'x'] })],
      ['rw'],
    ],
    ['one without scopes has all', [needs('bearer read')], [token('a')], ['a']],
    [
      'none that must be rejected',
      [needs('bearer')],
      [token('revoked', { rejected: 401 }), token('a')],
      ['a'],
    ],
    [
      'of any alternative, in their order',
      [needs('basic'), needs('key')],
      [token('a'), partner],
      ['partner'],
    ],
    [
      'two where both are needed',
      [needs('bearer', 'key')],
      [token('a'), partner],
      ['a', 'partner'],
    ],
    ['the first at all where none speaks the scheme', [needs('session')], [partner], ['partner']],
  ] as const)('%s', (_, security, credentials, names) => {
    expect(chosen(security, credentials)).toEqual({ names, isLacking: false })
  })

  test('nothing where nobody gave one, and that is said', () => {
    expect(chosen([needs('bearer')], [])).toEqual({ names: [], isLacking: true })
    expect(chosen([needs('bearer write')], [token('r', { scopes: ['read'] })])).toEqual({
      names: [],
      isLacking: true,
    })
  })
})
