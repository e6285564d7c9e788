import type { Place } from '../../model/place.ts'
import type { Told } from '../facts/templates.ts'

/** A parameter, or a member of a body, as far as pages speak of it. */
export interface KnownField {
  readonly name: string
  readonly kind: 'number' | 'text' | 'list' | 'other'
  readonly default?: string
  /** The greatest number, the most characters or the most items, by its kind. */
  readonly maximum?: number
  readonly minimum?: number
  readonly place: Place
}

/** An operation of a spec, as far as pages speak of it. */
export interface KnownOperation {
  readonly method: string
  /** The template: `/orders/{orderId}`. */
  readonly path: string
  /** `200`, `4XX` or `default`. */
  readonly statuses: readonly string[]
  readonly place?: Place
  /** Its parameters and the members of what it takes. */
  readonly fields?: readonly KnownField[]
  /** It is of a system behind the provider: its document need not be whole. */
  readonly upstream?: true
  /** What a sample breaks that is no body of it, where its bodies are documented. */
  readonly breaks?: (sample: unknown) => Promise<BrokenSample | undefined>
}

/** How a sample differs from the documented body that is nearest to it. */
export interface BrokenSample {
  readonly expected: string
  readonly actual: string
  /** It lacks members, and what is there is right. */
  readonly onlyMissing: boolean
}

/** What is known of a page's integration without running it. */
export interface KnownFacts {
  readonly integration: string
  /** The names of the settings that the provider is given. */
  readonly settings: readonly string[]
  /** What they are given, where that stands in the config and is the same on each testbed. */
  readonly given?: Readonly<Record<string, string>>
  /** What each dependency is, by name: `postgres`, `wiremock`. */
  readonly dependencies: Readonly<Record<string, string>>
  /** The ports that the config names, by the name of a dependency or of the provider. */
  readonly ports?: Readonly<Record<string, number>>
  /** The credentials of callers. */
  readonly credentials: readonly string[]
  /** The credentials that stubs check. */
  readonly keys: readonly string[]
  readonly commands: readonly string[]
  /** Paths that the config names for itself: of health and of metrics. */
  readonly ownPaths?: readonly string[]
  /** The servers of the spec that say a whole address. */
  readonly servers?: readonly string[]
  /** Absent: the integration has no spec, or none that can be read. */
  readonly operations?: readonly KnownOperation[]
  /** The operations of the systems behind the provider whose specs the config names. */
  readonly upstreamOperations?: readonly KnownOperation[]
}

/** What the comparisons of a page are given. */
export interface Known {
  readonly facts: readonly KnownFacts[]
  /** What the files that the page links to say of settings. */
  readonly told: readonly Told[]
}
