import { MatchersV3, PactV4, SpecificationVersion, type V3MockServer } from '@pact-foundation/pact'
import { contractsFolder } from 'proofbook'
import { expect, test } from 'vitest'
import { warehouse, type Warehouse } from './warehouse.ts'

const { atLeastLike, equal, fromProviderState, integer, like, regex } = MatchersV3

const pact = new PactV4({
  consumer: 'warehouse',
  provider: 'orders-api',
  dir: contractsFolder(),
  logLevel: 'error',
  spec: SpecificationVersion.SPECIFICATION_VERSION_V3,
})

const token = '5b0f1c-warehouse-2025'
const headers = { Authorization: `Bearer ${token}` }
const json = { 'Content-Type': 'application/json' }
const problemJson = { 'Content-Type': 'application/problem+json' }
const shipment = (orderId: number) =>
  fromProviderState('/orders/${orderId}/shipment', `/orders/${orderId}/shipment`)

/** A problem of this kind; what it says in detail is for people. */
const problem = (kind: string, title: string, status: number) => ({
  type: `urn:orders:problem:${kind}`,
  title,
  status,
  detail: like('What happened this time.'),
})

const asWarehouse =
  (work: (client: Warehouse) => Promise<void>) =>
  ({ url }: V3MockServer): Promise<void> =>
    work(warehouse(url, token))

test('packs what is paid', () =>
  pact
    .addInteraction()
    .given('several orders exist', { status: 'paid', count: 2 })
    .uponReceiving('a request for paid orders to pack')
    .withRequest('GET', '/orders', (request) =>
      request.query({ status: 'paid', limit: '50' }).headers(headers),
    )
    .willRespondWith(200, (response) =>
      response.headers(json).jsonBody({
        items: atLeastLike(
          { id: integer(2), sku: like('A-1'), quantity: integer(2), status: equal('paid') },
          2,
        ),
      }),
    )
    .executeTest(
      asWarehouse(async (client) => {
        const orders = await client.ordersToPack()
        expect(orders.map(({ status }) => status)).toEqual(['paid', 'paid'])
      }),
    ))

test('ships a paid order', () =>
  pact
    .addInteraction()
    .given('a paid order exists', { sku: 'A-1', quantity: 2 })
    .uponReceiving('a request to ship a paid order')
    .withRequest('PUT', shipment(2), (request) =>
      request
        .headers({ ...headers, ...json })
        .jsonBody({ carrier: 'ups', trackingCode: '1Z999AA10123' }),
    )
    .willRespondWith(201, (response) =>
      response
        .headers({
          ...json,
          Location: regex(/^\/orders\/\d+\/shipment$/, '/orders/2/shipment'),
        })
        .jsonBody({
          orderId: fromProviderState('${orderId}', 2),
          carrier: 'ups',
          trackingCode: '1Z999AA10123',
          shippedAt: regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/, '2026-02-04T15:00:00.000Z'),
        }),
    )
    .executeTest(
      asWarehouse(async (client) => {
        const travel = { carrier: 'ups', trackingCode: '1Z999AA10123' } as const
        expect(await client.ship(2, travel)).toMatchObject({ orderId: 2, ...travel })
      }),
    ))

test('learns that an order is not paid', () =>
  pact
    .addInteraction()
    .given('an open order exists', { sku: 'A-1', quantity: 1 })
    .uponReceiving('a request to ship what is not paid')
    .withRequest('PUT', shipment(1), (request) =>
      request
        .headers({ ...headers, ...json })
        .jsonBody({ carrier: 'dhl', trackingCode: 'JD0146000055' }),
    )
    .willRespondWith(409, (response) =>
      response.headers(problemJson).jsonBody(problem('wrong-status', 'Conflict', 409)),
    )
    .executeTest(
      asWarehouse(async (client) => {
        const refused = await client.ship(1, { carrier: 'dhl', trackingCode: 'JD0146000055' })
        expect(refused).toMatchObject({ type: 'urn:orders:problem:wrong-status' })
      }),
    ))

test('asks how an order travels', () =>
  pact
    .addInteraction()
    .given('a shipped order exists', { trackingCode: 'JD0146000123' })
    .uponReceiving('a request for the shipment of a shipped order')
    .withRequest('GET', shipment(3), (request) => request.headers(headers))
    .willRespondWith(200, (response) =>
      response
        .headers(json)
        .jsonBody({ carrier: regex(/^(dhl|ups|post)$/, 'dhl'), trackingCode: 'JD0146000123' }),
    )
    .executeTest(
      asWarehouse(async (client) => {
        expect(await client.shipmentOf(3)).toEqual({
          carrier: 'dhl',
          trackingCode: 'JD0146000123',
        })
      }),
    ))

test('may not ship with a key that may only read', () =>
  pact
    .addInteraction()
    .given('the caller may only read')
    .uponReceiving('a request to ship by a caller who may only read')
    .withRequest('PUT', shipment(2), (request) =>
      request
        .headers({ ...headers, ...json })
        .jsonBody({ carrier: 'dhl', trackingCode: 'JD0146000056' }),
    )
    .willRespondWith(403, (response) =>
      response.headers(problemJson).jsonBody(problem('insufficient-scope', 'Forbidden', 403)),
    )
    .executeTest(
      asWarehouse(async (client) => {
        const refused = await client.ship(2, { carrier: 'dhl', trackingCode: 'JD0146000056' })
        expect(refused).toMatchObject({ type: 'urn:orders:problem:insufficient-scope' })
      }),
    ))

test('knows what nobody sells', () =>
  pact
    .addInteraction()
    .given('no product has the sku', { sku: 'X-404' })
    .uponReceiving('a request for a product that nobody sells')
    .withRequest('GET', '/products/X-404', (request) => request.headers(headers))
    .willRespondWith(404, (response) =>
      response.headers(problemJson).jsonBody(problem('product-not-found', 'Not Found', 404)),
    )
    .executeTest(
      asWarehouse(async (client) => {
        expect(await client.isSold('X-404')).toBe(false)
      }),
    ))
