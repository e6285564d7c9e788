import { MatchersV3, PactV4 } from '@pact-foundation/pact'
import { contractsFolder } from 'proofbook'
import { expect, test } from 'vitest'
import { confirmation, type OrderPlaced } from './mailer.ts'

const { datetime, integer } = MatchersV3

const pact = new PactV4({
  consumer: 'mailer',
  provider: 'orders-api',
  dir: contractsFolder(),
  logLevel: 'error',
})

test('writes a mail for a placed order', () =>
  pact
    .addAsynchronousInteraction()
    .given('a product exists', { sku: 'A-1', price: 1250 })
    .expectsToReceive('an order was placed', (message) =>
      message
        .withMetadata({ contentType: 'application/json', type: 'order.placed' })
        .withJSONContent({
          type: 'order.placed',
          version: 1,
          occurredAt: datetime("yyyy-MM-dd'T'HH:mm:ss.SSSX", '2026-02-01T09:00:00.000Z'),
          data: { orderId: integer(1), sku: 'A-1', quantity: 2, total: 2500, currency: 'EUR' },
        }),
    )
    .executeTest(({ contents: { content } }) => {
      const message = content as unknown as OrderPlaced
      expect(confirmation(message)).toBe('Order 1 of 2026-02-01: 2 × A-1, 25.00 EUR')
      return Promise.resolve()
    }))
