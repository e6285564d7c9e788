import { describe, expect, test } from 'vitest'
import { differences } from './differences.ts'

const contract = (...interactions: readonly object[]) => ({
  consumer: { name: 'web' },
  provider: { name: 'orders' },
  interactions,
  metadata: { pactSpecification: { version: '4.0' }, 'pact-js': { version: '17.1.4' } },
})

const order = {
  description: 'an order',
  response: { status: 200, body: { lines: [{ id: 1, at: '09:00' }] } },
}

describe('where two writings of a contract differ', () => {
  test('nowhere: the order of interactions, versions of tools and keys of Pact do not count', () => {
    const other = { description: 'another', response: { status: 204 } }
    const again = contract({ ...other, key: 'a1' }, { ...order, key: 'b2' })
    const metadata = { pactSpecification: { version: '4.0' }, 'pact-js': { version: '18.0.0' } }
    expect(differences(contract(order, other), { ...again, metadata })).toEqual([])
  })

  test('the innermost place, in the interaction', () => {
    const later = { ...order, response: { status: 200, body: { lines: [{ id: 1, at: '09:01' }] } } }
    expect(differences(contract(order), contract(later))).toEqual([
      {
        interaction: 'an order',
        path: '$.response.body.lines[0].at',
        before: '09:00',
        after: '09:01',
      },
    ])
  })

  test('an interaction that is in one of them only', () => {
    expect(differences(contract(order), contract())).toEqual([
      { interaction: 'an order', path: '$', before: order, after: undefined },
    ])
  })

  test('interactions of the same description are told apart by their states', () => {
    const given = (name: string, status: number) => ({
      description: 'an order',
      providerStates: [{ name }],
      response: { status },
    })
    const [open, paid] = [given('open', 409), given('paid', 200)]
    expect(differences(contract(open, paid), contract(paid, open))).toEqual([])
    expect(differences(contract(open, paid), contract(given('paid', 201), open))).toEqual([
      { interaction: 'an order', path: '$.response.status', before: 200, after: 201 },
    ])
  })

  test('what stands outside of interactions', () => {
    const other = { ...contract(order), provider: { name: 'payments' } }
    expect(differences(contract(order), other)).toEqual([
      { interaction: undefined, path: '$.provider.name', before: 'orders', after: 'payments' },
    ])
  })
})
