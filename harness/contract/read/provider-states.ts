import type { Node } from 'jsonc-parser'
import type { Place } from '../../model/place.ts'
import type { ProviderState } from '../contract.ts'
import { member } from '../json-text.ts'
import type { ReadInteraction, ReadStates } from './schema.ts'

const keys = ['providerStates', 'providerState', 'provider_state'] as const

const statesIn = (states: ReadStates | undefined): readonly Omit<ProviderState, 'place'>[] => {
  if (states === undefined || states === null) return []
  const list = typeof states === 'string' ? [states] : states
  return list
    .map((state) =>
      typeof state === 'string'
        ? { name: state, parameters: {} }
        : { name: state.name, parameters: state.params ?? {} },
    )
    .filter(({ name }) => name !== '')
}

/**
 * The provider states of an interaction, whichever way its version writes them: `provider_state`
 * (1), `providerState` (1.1, 2), `providerStates` with parameters (3, 4). Where a file says it
 * twice, the newest form counts, as it does for Pact.
 */
export const providerStatesOf = (
  read: ReadInteraction,
  node: Node,
  placeOf: (node: Node) => Place,
): readonly ProviderState[] => {
  const key = keys.find((candidate) => read[candidate] !== undefined && read[candidate] !== null)
  if (key === undefined) return []
  const at = member(node, key) ?? node
  return statesIn(read[key]).map(({ name, parameters }) => {
    const own = at.children
      ?.map((child) => member(child, 'name') ?? child)
      .find((child) => child.value === name)
    return { name, parameters, place: placeOf(own ?? at) }
  })
}
