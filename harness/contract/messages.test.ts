import { expect, test } from 'vitest'
import { defineMessages, messageProducersOf } from './messages.ts'

const file = 'fixtures/orders.messages.ts'

test('functions are producers', () => {
  const producers = defineMessages({ 'an order was placed': () => ({ contents: {} }) })
  expect(messageProducersOf(file, { default: producers })).toBe(producers)
})

test.each([[1], [{ contents: {} }], [null]])('%j is no producer', (producer) => {
  const read = () => messageProducersOf(file, { default: { placed: producer } })
  expect(read).toThrow(`${file}: the producer of the message "placed" is no function`)
})

test.each([[{}], [{ default: [] }], [undefined]])('a module that exports %j', (module) => {
  expect(() => messageProducersOf(file, module)).toThrow(
    `${file}: the module of message producers has no default export that is an object`,
  )
})
