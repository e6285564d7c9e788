import { expect, test } from 'vitest'
import { defineStates, handlerOf, stateHandlersOf } from './states.ts'

const setup = () => undefined
const file = 'fixtures/orders.states.ts'
const check = (exported: unknown) => () => stateHandlersOf(file, { default: exported })

test('functions and objects are handlers', () => {
  const handlers = defineStates({ a: setup, b: { credential: 'reader', setup, teardown: setup } })
  expect(check(handlers)()).toBe(handlers)
  expect(handlerOf(handlers, 'a')).toEqual({ setup })
  expect(handlerOf(handlers, 'b')?.credential).toBe('reader')
})

test('only own keys are states', () => {
  expect(handlerOf({ a: setup }, 'constructor')).toBeUndefined()
  expect(handlerOf(undefined, 'a')).toBeUndefined()
})

test.each([
  [1, 'the handler of the state "a" is no function'],
  [null, 'the handler of the state "a" is no function'],
  [{ setup, tearDown: setup }, 'has an unknown key "tearDown"'],
  [{ credential: 'x' }, 'has no function "setup"'],
  [{ setup, teardown: 1 }, 'has a "teardown" that is no function'],
  [{ setup, credential: 1 }, 'has a "credential" that is no name'],
])('%j is no handler', (handler, message) => {
  expect(check({ a: handler })).toThrow(message)
  expect(check({ a: handler })).toThrow(file)
})

test('a typo names what was meant', () => {
  expect(check({ a: { setup, tearDown: setup } })).toThrow('fix: write "teardown"')
})

test.each([[{}], [{ default: [] }], [undefined]])('a module that exports %j', (module) => {
  expect(() => stateHandlersOf(file, module)).toThrow(
    `${file}: the module of state handlers has no default export that is an object`,
  )
})
