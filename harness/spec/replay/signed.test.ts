import { expect, test } from 'vitest'
import type { HttpRequest } from '../../model/http.ts'
import { signerOf, type BeforeRequest } from '../../testbed/before-request.ts'
import { openUrlTestbed } from '../../testbed/url-testbed.ts'
import { tinyWorld } from '../testing/world.ts'
import type { PlannedRequest } from '../types.ts'
import { signed } from './signed.ts'

const request: HttpRequest = {
  method: 'POST',
  url: 'http://h/notes?limit=1',
  headers: [
    ['Accept', 'application/json'],
    ['authorization', 'Bearer long-lived-secret'],
  ],
  body: new TextEncoder().encode('{}'),
}

const client = {
  name: 'client',
  fields: [{ in: 'header', name: 'Authorization', value: 'Bearer long-lived-secret' }],
} as const
const revoked = { ...client, name: 'revoked', rejected: 401 }

const planned = (more: Partial<PlannedRequest> = {}): PlannedRequest => ({
  name: 'generated',
  method: 'POST',
  target: '/notes?limit=1',
  basePath: '',
  headers: [],
  credentials: ['client'],
  ...more,
})

const signedBy = async (sign: unknown, more: Partial<PlannedRequest> = {}) => {
  const signer = signerOf('sign.ts', { default: sign })
  const world = { ...tinyWorld('http://h', [client, revoked]), signer }
  const testbed = openUrlTestbed('notes', 'http://h')
  return { ...(await signed(request, planned(more), { world, testbed })), signer }
}

test('headers take the place of those of the same name, and are said and masked', async () => {
  const sign: BeforeRequest = (_, { credential }) => ({
    Authorization: `Bearer fresh-token-of-${credential?.name}`,
    'X-Date': '2026-11-24T10:00:00Z',
  })
  const { request: sent, changes, signer } = await signedBy(sign)
  expect(sent.headers).toEqual([
    ['Accept', 'application/json'],
    ['Authorization', 'Bearer fresh-token-of-client'],
    ['X-Date', '2026-11-24T10:00:00Z'],
  ])
  expect(changes).toBe('header Authorization, header X-Date by sign.ts')
  expect(signer.secretsIn(sent)).toEqual(['Bearer fresh-token-of-client', 'fresh-token-of-client'])
})

test('a request that is given back may have more in its query', async () => {
  const {
    request: sent,
    changes,
    signer,
  } = await signedBy((one: HttpRequest) => ({
    ...one,
    url: `${one.url}&signature=0123456789`,
  }))
  expect(sent).toEqual({ ...request, url: 'http://h/notes?limit=1&signature=0123456789' })
  expect(changes).toBe('query signature by sign.ts')
  expect(signer.secretsIn(sent)).toEqual(['0123456789'])
})

test('what changes nothing is not said', async () => {
  const { request: sent, changes } = await signedBy(() => {})
  expect(sent).toEqual(request)
  expect(changes).toBeUndefined()
})

test.each([
  [
    'without a credential',
    {
      credentials: [],
      intent: { kind: 'stranger', who: 'nobody', words: 'without a credential', status: 401 },
    },
  ],
  ['with one that must be rejected', { credentials: ['revoked'] }],
] as const)('whoever is to be turned away %s is not signed for', async (_, more) => {
  const { request: sent } = await signedBy(() => ({ Authorization: 'Bearer good' }), more)
  expect(sent).toEqual(request)
})

test.each([
  [
    () => {
      throw new Error('no key in the vault')
    },
    'sign.ts: beforeRequest threw: no key in the vault',
  ],
  [(one: object) => ({ ...one, body: 'x' }), 'changed the method or the body'],
  [(one: object) => ({ ...one, method: 'GET' }), 'changed the method or the body'],
  [() => ({ url: 'http://other/notes?limit=1' }), 'changed the address'],
  [() => ({ url: 'http://h/notes' }), 'changed the address'],
  [() => ({ 'X-Signature': 7 }), 'a header "X-Signature" that cannot be sent'],
  [() => ({ 'X-Signature': 'a\nb' }), 'a header "X-Signature" that cannot be sent'],
  [() => ({ headers: [] }), 'gave back headers that are no object'],
  [() => 'Bearer x', 'gave back something that is no object'],
])('%s blocks in words', async (sign, words) => {
  await expect(signedBy(sign)).rejects.toThrow(words)
})

test('a module without a function says what is expected', () => {
  expect(() => signerOf('sign.ts', { sign: () => ({}) })).toThrow(
    /sign\.ts: the module of beforeRequest has no default export that is a function\n {2}expected: export default/,
  )
})
