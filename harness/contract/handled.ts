import { nearest } from '../model/nearest.ts'
import type { Place } from '../model/place.ts'
import type { Contract } from './contract.ts'

/** What contracts ask for by name, and somebody must handle. */
type AskedKind = 'state' | 'message'

/** One time that a contract asks for a provider state or a message. */
interface Asking {
  readonly consumer: string
  readonly interaction: string
  readonly place: Place
}

/** Who handles what is asked for: handlers of a module, by their names, or a path of the provider. */
export type Handling =
  | { readonly handlers: ReadonlyMap<string, Place>; readonly file: string }
  | { readonly path: string }

/** A provider state or message with those who ask for it and who handles it. */
export interface Handled {
  readonly integration: string
  readonly kind: AskedKind
  readonly name: string
  /** Empty where no contract asks for what has a handler. */
  readonly askedBy: readonly Asking[]
  /** Absent where nobody handles it. */
  readonly handledBy?: Place | { readonly path: string }
  /** Of what nobody handles: the name of a handler that it may be a misspelling of. */
  readonly nearest?: string
}

/** The contracts of one integration, and who handles what they ask for. */
export interface Asked {
  readonly integration: string
  readonly contracts: readonly Contract[]
  readonly states?: Handling | undefined
  readonly messages?: Handling | undefined
}

const askingsOf = (
  contracts: readonly Contract[],
  kind: AskedKind,
): ReadonlyMap<string, readonly Asking[]> => {
  const all = contracts.flatMap(({ consumer, interactions }) =>
    interactions.flatMap((interaction) => {
      const asking = { consumer, interaction: interaction.description }
      if (kind === 'state')
        return interaction.states.map(({ name, place }) => ({ name, asking: { ...asking, place } }))
      return interaction.kind === 'http'
        ? []
        : [{ name: interaction.description, asking: { ...asking, place: interaction.place } }]
    }),
  )
  return new Map(
    [...Map.groupBy(all, ({ name }) => name)].map(([name, group]) => [
      name,
      group.map(({ asking }) => asking),
    ]),
  )
}

const handledOf = (
  { integration, contracts, ...asked }: Asked,
  kind: AskedKind,
): readonly Handled[] => {
  const handling = kind === 'state' ? asked.states : asked.messages
  const askings = askingsOf(contracts, kind)
  const handlers: ReadonlyMap<string, Place> =
    handling !== undefined && 'handlers' in handling ? handling.handlers : new Map()
  const names: ReadonlySet<string> = new Set([...askings.keys(), ...handlers.keys()])
  return [...names].toSorted().map((name) => {
    const handledBy = handling !== undefined && 'path' in handling ? handling : handlers.get(name)
    const meant = handledBy === undefined ? nearest(name, handlers.keys()) : undefined
    return {
      integration,
      kind,
      name,
      askedBy: askings.get(name) ?? [],
      ...(handledBy === undefined ? {} : { handledBy }),
      ...(meant === undefined ? {} : { nearest: meant }),
    }
  })
}

/**
 * All provider states and messages of an integration, by name: what its contracts ask for, and what
 * its modules handle.
 *
 * @example
 * handled({ integration: 'orders', contracts, states }).filter(({ handledBy }) => handledBy === undefined)
 */
export const handled = (asked: Asked): readonly Handled[] => [
  ...handledOf(asked, 'state'),
  ...handledOf(asked, 'message'),
]
