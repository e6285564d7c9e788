/** One thing in which a stub is not as its upstream's spec says. */
export interface StubDisagreement {
  /** A sentence. */
  readonly summary: string
  readonly expected: string
  readonly actual: string
  /** The part of the mapping, by its keys. */
  readonly segments: readonly string[]
  /** What of the spec it contradicts. */
  readonly pointer: string
}

/** What a comparison came to: what disagrees, and what nobody could compare, in words. */
export interface StubComparison {
  readonly disagreements: readonly StubDisagreement[]
  readonly unchecked: readonly string[]
}
