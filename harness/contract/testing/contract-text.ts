import type { TestCase } from '../../model/test-case.ts'
import type { InteractionDetail } from '../contract.ts'
import { planContract } from '../plan/plan.ts'
import { readContract } from '../read/read.ts'

/** The text of a contract between `web` and `orders-api`, printed as Pact prints it. */
export const contractText = (
  version: string,
  interactions: readonly unknown[],
  more: Readonly<Record<string, unknown>> = {},
): string =>
  JSON.stringify(
    {
      consumer: { name: 'web' },
      provider: { name: 'orders-api' },
      interactions,
      metadata: { pactSpecification: { version } },
      ...more,
    },
    undefined,
    2,
  )

/** The first case of a contract's text, with handlers for all of its states and producers for all messages. */
export const caseOf = (text: string): TestCase<InteractionDetail> => {
  const contract = readContract('contracts/web-orders-api.json', text)
  const handlers = contract.interactions.flatMap(({ states }) => states.map(({ name }) => name))
  const producers = contract.interactions.map(({ description }) => description)
  const [first] = planContract(contract, { integration: 'orders', handlers, producers })
  if (first === undefined) throw new Error('the contract has no interaction')
  return first
}

/** A GET of `/orders/1` in version 3, with what the provider must answer. */
export const getting = (response: unknown, more: Readonly<Record<string, unknown>> = {}): string =>
  contractText('3.0.0', [
    {
      description: 'a request for order 1',
      request: { method: 'GET', path: '/orders/1' },
      response,
      ...more,
    },
  ])

/** The text of the line that a place points at. */
export const lineAt = (text: string, line: number): string =>
  text.split('\n')[line - 1]?.trim() ?? ''
