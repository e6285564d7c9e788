import type { components } from '../../specs/orders.openapi.d.ts'

type Schemas = components['schemas']

/** The message that the orders service sends for each order, as far as the mailer reads it. */
export interface OrderPlaced {
  readonly type: 'order.placed'
  readonly version: 1
  readonly occurredAt: string
  readonly data: Pick<Schemas['Order'], 'sku' | 'quantity' | 'total' | 'currency'> & {
    readonly orderId: Schemas['Id']
  }
}

/**
 * The mail that a customer gets for a placed order.
 *
 * Throws a `TypeError` where the message is of another type or version.
 */
export const confirmation = ({ type, version, occurredAt, data }: OrderPlaced): string => {
  if (type !== 'order.placed' || version !== 1)
    throw new TypeError(`The mailer does not know ${type} ${version}.`)
  const date = new Date(occurredAt).toISOString().slice(0, 10)
  const price = `${(data.total / 100).toFixed(2)} ${data.currency}`
  return `Order ${data.orderId} of ${date}: ${data.quantity} × ${data.sku}, ${price}`
}
