import createClient from 'openapi-fetch'
import type { components, paths } from '../../specs/orders.openapi.d.ts'

type Schemas = components['schemas']
type PaidOrder = Pick<Schemas['Order'], 'id' | 'sku' | 'quantity' | 'status'>
type Travel = Pick<Schemas['Shipment'], 'carrier' | 'trackingCode'>

/** What the warehouse does with orders. Its types are those of the spec: what that does not know, does not compile. */
export interface Warehouse {
  /** The orders that wait to be packed. */
  ordersToPack(): Promise<readonly PaidOrder[]>
  /** Says how an order travels; why not, where it cannot. */
  ship(
    orderId: number,
    travel: Schemas['ShipmentInput'],
  ): Promise<Schemas['Shipment'] | Schemas['Problem']>
  /** How an order travels. */
  shipmentOf(orderId: number): Promise<Travel | undefined>
  /** Whether anybody sells it. */
  isSold(sku: string): Promise<boolean>
}

/** The warehouse as a client of the orders service at this address. */
export const warehouse = (baseUrl: string, token: string): Warehouse => {
  const api = createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${token}` } })
  return {
    ordersToPack: async () => {
      const { data } = await api.GET('/orders', {
        params: { query: { status: 'paid', limit: 50 } },
      })
      return data?.items ?? []
    },
    ship: async (orderId, travel) => {
      const { data, error } = await api.PUT('/orders/{orderId}/shipment', {
        params: { path: { orderId } },
        body: travel,
      })
      return data ?? error
    },
    shipmentOf: async (orderId) => {
      const { data } = await api.GET('/orders/{orderId}/shipment', {
        params: { path: { orderId } },
      })
      return data
    },
    isSold: async (sku) => {
      const { response } = await api.GET('/products/{sku}', { params: { path: { sku } } })
      return response.status !== 404
    },
  }
}
