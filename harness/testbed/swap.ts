/** A dependency that was made fresh behind its link while the provider runs on. */
export interface Swap {
  /** How many connections to what was there before the provider still keeps open. */
  left(): number
  /** Resolves when there is none. */
  readonly gone: Promise<void>
  /** How many new connections wait until `open`. */
  waiting(): number
  /** Lets new connections through. */
  open(): void
}
