import { expect, test } from 'vitest'
import type { StateHandlers } from '../states.ts'
import { caseOf, getting } from '../testing/contract-text.ts'
import { credentialFor } from './choose-credential.ts'

const named = (name: string, rejected?: number) => ({
  name,
  fields: [],
  ...(rejected === undefined ? {} : { rejected }),
})
const credentials = [named('revoked', 401), named('admin'), named('reader')]
const setup = () => undefined

const chosen = (status: number, states: readonly string[], handlers: StateHandlers = {}) =>
  credentialFor(
    caseOf(getting({ status }, { providerStates: states.map((name) => ({ name })) })).detail
      .interaction,
    handlers,
    credentials,
  )?.name

test.each<[string, number, readonly string[], StateHandlers, string | undefined]>([
  ['the first that works', 200, [], {}, 'admin'],
  ['a handler that names none', 200, ['a'], { a: setup }, 'admin'],
  ['a handler that names one', 200, ['a'], { a: { credential: 'reader', setup } }, 'reader'],
  [
    'the last of several',
    200,
    ['a', 'b'],
    { a: { credential: 'admin', setup }, b: { credential: 'reader', setup } },
    'reader',
  ],
  ['401 keeps the recorded one', 401, [], {}, undefined],
  ['403 keeps the recorded one', 403, ['a'], { a: setup }, undefined],
  ['unless its handler names one', 401, ['a'], { a: { credential: 'revoked', setup } }, 'revoked'],
])('%s', (_, status, states, handlers, expected) => {
  expect(chosen(status, states, handlers)).toBe(expected)
})

test('an unknown name is an error at the state', () => {
  expect(() => chosen(200, ['a'], { a: { credential: 'raeder', setup } })).toThrow(
    /^contracts\/web-orders-api\.json:20:11: the handler of the state "a" names the credential "raeder".*\n.*one of revoked, admin, reader\n {2}fix: write "reader"$/,
  )
})
