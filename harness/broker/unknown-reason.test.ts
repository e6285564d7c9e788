import { expect, test } from 'vitest'
import type { Parcel } from './outbox.ts'
import { unknownReason, unknownVersionReason } from './unknown-reason.ts'

const pair = { consumer: 'web', provider: 'shop', providerVersion: undefined, environment: 'live' }
const waiting: Parcel = {
  kind: 'results',
  consumer: 'web',
  provider: 'shop',
  link: 'https://broker.example.com/x',
  body: {
    success: true,
    providerApplicationVersion: '7',
    verifiedBy: { implementation: 'Proofbook', version: '1' },
    testResults: { tests: [] },
  },
}
const built = { built: true, inEnvironment: true }

test.each<[string, string, Parameters<typeof unknownReason>]>([
  [
    'never built',
    'never built: the broker knows no version of shop',
    [pair, { built: false, inEnvironment: false }, []],
  ],
  [
    'not there',
    'not there: no version of shop is recorded as deployed or released in live',
    [pair, { built: true, inEnvironment: false }, []],
  ],
  [
    'never verified',
    'never verified: shop 7 has no result for this contract',
    [{ ...pair, providerVersion: '7' }, built, []],
  ],
  [
    'never verified by what is there',
    'never verified: what is in live of shop has no result for this contract',
    [pair, built, []],
  ],
  [
    'failed to publish',
    'failed to publish: it waits in .proofbook/outbox (npx proofbook publish --outbox)',
    [{ ...pair, providerVersion: '7' }, built, [waiting]],
  ],
  [
    'not failed to publish where something else waits',
    'never verified: shop 8 has no result for this contract',
    [{ ...pair, providerVersion: '8' }, built, [waiting]],
  ],
])('%s', (_, words, [of, known, outbox]) => {
  expect(unknownReason(of, known, outbox)).toBe(words)
})

test('a version that the broker does not know was never built, or waits', () => {
  expect(unknownVersionReason('shop', '8', [waiting])).toMatch(
    /^never built: the broker knows no version 8 of shop/,
  )
  expect(unknownVersionReason('shop', '7', [waiting])).toMatch(/^failed to publish: /)
})
