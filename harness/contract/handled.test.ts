import { expect, test } from 'vitest'
import { handled, type Asked } from './handled.ts'
import { readContract } from './read/read.ts'
import { contractText } from './testing/contract-text.ts'

const contract = readContract(
  'contracts/web.json',
  contractText('4.0', [
    {
      description: 'a request',
      providerStates: [{ name: 'order 1 exists' }, { name: 'a product exists' }],
      request: {},
      response: {},
    },
    {
      type: 'Asynchronous/Messages',
      description: 'placed',
      providerStates: [{ name: 'order 1 exists' }],
    },
  ]),
)

const place = (line: number) => ({ file: 'states.ts', line })
const ask = (more: Partial<Asked> = {}) =>
  handled({ integration: 'orders', contracts: [contract], ...more })

test('each state and message has all who ask for it, at their lines', () => {
  expect(ask().map(({ kind, name, askedBy }) => [kind, name, askedBy.length])).toEqual([
    ['state', 'a product exists', 1],
    ['state', 'order 1 exists', 2],
    ['message', 'placed', 1],
  ])
  expect(ask()[1]?.askedBy[0]).toMatchObject({
    consumer: 'web',
    interaction: 'a request',
    place: { file: 'contracts/web.json', pointer: '/interactions/0/providerStates/0/name' },
  })
})

test('a handler has its line, and what nobody handles the nearest name', () => {
  const handlers = new Map([
    ['order 1 exists', place(3)],
    ['a produkt exists', place(5)],
  ])
  const all = ask({ states: { file: 'states.ts', handlers } })
  expect(all.map(({ name, handledBy, nearest }) => [name, handledBy, nearest])).toEqual([
    ['a product exists', undefined, 'a produkt exists'],
    ['a produkt exists', place(5), undefined],
    ['order 1 exists', place(3), undefined],
    ['placed', undefined, undefined],
  ])
  expect(all[1]?.askedBy).toEqual([])
})

test('a path of the provider handles all', () => {
  const [first, , message] = ask({ states: { path: '/_pact/states' } })
  expect(first?.handledBy).toEqual({ path: '/_pact/states' })
  expect(message?.handledBy).toBeUndefined()
})

test('a handler of a name that objects have by themselves is none', () => {
  const constructor = readContract(
    'c.json',
    contractText('2', [
      { description: 'd', providerState: 'constructor', request: {}, response: {} },
    ]),
  )
  const [one] = ask({ contracts: [constructor], states: { file: 's.ts', handlers: new Map() } })
  expect(one).toMatchObject({ name: 'constructor' })
  expect(one?.handledBy).toBeUndefined()
})
