import type { Place } from '../../model/place.ts'
import type { UserErrorParts } from '../../model/user-error.ts'

/**
 * Something that a page says, seen without running anything: `wrong` where the config, the spec or a
 * file says otherwise, a `note` where they say nothing of it.
 */
export interface Doubt {
  readonly severity: 'wrong' | 'note'
  readonly parts: UserErrorParts & { readonly place: Place }
}

/** An operation of a spec, as far as pages speak of it. */
export interface KnownOperation {
  readonly method: string
  /** The template: `/orders/{orderId}`. */
  readonly path: string
  /** `200`, `4XX` or `default`. */
  readonly statuses: readonly string[]
}

/** What is known of a page's integration without running it. */
export interface KnownFacts {
  readonly integration: string
  /** The names of the settings that the provider is given. */
  readonly settings: readonly string[]
  /** What each dependency is, by name: `postgres`, `wiremock`. */
  readonly dependencies: Readonly<Record<string, string>>
  /** The credentials of callers. */
  readonly credentials: readonly string[]
  /** The credentials that stubs check. */
  readonly keys: readonly string[]
  readonly commands: readonly string[]
  /** Absent: the integration has no spec, or none that can be read. */
  readonly operations?: readonly KnownOperation[]
}
