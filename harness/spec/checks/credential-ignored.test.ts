import { expect, test } from 'vitest'
import { guardedOrder, type GuardFaults } from '../testing/guarded-order.ts'
import { prove } from '../testing/prove.ts'

const found = async (faults: GuardFaults) => {
  const { document, broken, credentials } = guardedOrder(faults)
  const { findings } = await prove(document, broken, { techniques: ['credentials'], credentials })
  return findings.map(({ code, summary }) => [code, summary])
}

test.each<[string, NonNullable<GuardFaults['isLetIn']>]>([
  ['without a credential', (token) => token === undefined || token === 'good'],
  [
    'with a credential that nobody knows',
    (token) => token !== undefined && !/^(small|old)$/.test(token),
  ],
  ['as guest, which lacks the scope', (token) => token === 'good' || token === 'small'],
  ['as revoked, which must be rejected', (token) => token === 'good' || token === 'old'],
])('a request %s that is let in is one finding', async (words, isLetIn) => {
  expect(await found({ isLetIn })).toEqual([
    ['credential-ignored', `GET /orders/{id} answered 200 to a request ${words}.`],
  ])
})

test('an operation that asks for no credential has no strangers', async () => {
  const { document, sound } = guardedOrder({})
  const open = JSON.parse(
    JSON.stringify(document).replace('"security":[{"bearer":["read"]}]', '"security":[]'),
  ) as typeof document
  await expect(prove(open, sound, { techniques: ['credentials'] })).rejects.toThrow(
    'Nothing was planned.',
  )
})
