import { expect, test } from 'vitest'
import { listOfOrders } from '../testing/list-of-orders.ts'
import { prove } from '../testing/prove.ts'

const shown = async (detail: string) => {
  const { document, broken } = listOfOrders({ detail })
  const { findings } = await prove(document, broken, { techniques: ['negatives'] })
  return findings.map(({ code, actual }) => [code, actual])
}

test.each([
  ['Error\n    at listOf (/srv/orders/list.js:81:13)', 'at listOf (/srv/orders/list.js:81:13)'],
  ['Error\n\tat com.shop.Orders.list(Orders.java:42)', 'at com.shop.Orders.list(Orders.java:42)'],
  ['Traceback (most recent call last):', 'Traceback (most recent call last)'],
  ["ENOENT: no such file, open '/var/lib/orders/7.json'", "'/var/lib/orders/7.json"],
  ['cannot run: SELECT * FROM orders WHERE id = $1', 'SELECT * FROM'],
  ['ERROR: duplicate key value violates unique constraint', 'duplicate key value violates'],
])('%j is an inside', async (detail, actual) => {
  expect(await shown(detail)).toEqual([['internals-shown', actual]])
})

test.each([
  'Select a state from the list.',
  'There is nothing at /orders/many.',
  'Look at https://example.com/docs/errors.',
])('%j is none', async (detail) => {
  expect(await shown(detail)).toEqual([])
})
