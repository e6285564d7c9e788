import type { Place } from '../model/place.ts'

/** The versions of the Pact specification that a contract may be written in. */
export const specificationVersions = ['1', '1.1', '2', '3', '4'] as const

/** A version of the Pact specification. */
export type SpecificationVersion = (typeof specificationVersions)[number]

/** What a provider must be in before an interaction is asked, as the contract names it. */
export interface ProviderState {
  readonly name: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly place: Place
}

/** A Pact plugin that an interaction cannot be replayed without. */
export interface Plugin {
  readonly name: string
  readonly version?: string
}

/** How an interaction travels. */
export type InteractionKind = 'http' | 'asynchronous-message' | 'synchronous-message'

/**
 * One interaction of a contract.
 *
 * `source` is its text as it stands in the file: numbers such as `1.0` or `12345678901234567890`
 * mean something to Pact that they lose when they are parsed and printed. `place` is where
 * `source` begins.
 */
export interface Interaction {
  readonly kind: InteractionKind
  readonly description: string
  readonly states: readonly ProviderState[]
  readonly pending: boolean
  /** The first plugin that it is written for. */
  readonly plugin?: Plugin
  readonly method?: string
  readonly path?: string
  /** How many answers a synchronous message expects. */
  readonly answers?: number
  readonly place: Place
  readonly source: string
}

/** The parts of a contract, besides the interactions, that a slice of it must repeat: JSON text. */
interface ContractHead {
  readonly consumer: string
  readonly provider: string
  readonly metadata?: string
}

/**
 * A valid Pact contract.
 *
 * @example
 * const contract = readContract('contracts/web-orders-api.json', text)
 * contract.interactions.map(({ description }) => description)
 */
export interface Contract {
  readonly file: string
  readonly consumer: string
  readonly provider: string
  readonly specification: SpecificationVersion
  readonly interactions: readonly Interaction[]
  readonly head: ContractHead
}

/**
 * What the stage `replay` needs to know of one interaction: plain data.
 *
 * @example
 * const testCase: TestCase<InteractionDetail> = planContract(contract, context)[0]
 */
export interface InteractionDetail {
  readonly consumer: string
  readonly provider: string
  readonly specification: SpecificationVersion
  readonly interaction: Interaction
  readonly head: ContractHead
}
