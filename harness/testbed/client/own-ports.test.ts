import { expect, test } from 'vitest'
import { ownPorts } from './own-ports.ts'

test('of provider, databases, stubs and links', () => {
  const ports = ownPorts({
    id: 'orders-1',
    integration: 'orders',
    providerUrl: 'http://127.0.0.1:4001',
    values: { port: '4001', 'database.port': '4002', 'database.name': 'orders_1' },
    databases: { database: 'postgres://u:p@127.0.0.1:5432/orders_1' },
    stubs: { payments: 'http://127.0.0.1:8080' },
    links: ['database'],
    madeOf: [],
  })
  expect(new Set(ports)).toEqual(new Set([4001, 4002, 5432, 8080]))
})
