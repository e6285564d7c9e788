/** What was seen of a step while the fault was in force. */
export interface Sight {
  readonly step: number
  /** Status of the step's last answer; absent: none came. */
  readonly status?: number
  /** Why no answer came. */
  readonly failure?: string
  /** From sending the step's last request to its answer, or to giving up. */
  readonly milliseconds: number
  /** Lines of the provider's log since the fault was put. */
  readonly log: readonly string[]
}

/**
 * One phrase that a page may use.
 *
 * `parse` reads it at the start of a text; `unmet` is pure and says what was seen instead.
 *
 * @example
 * export const within: SymptomKind<WithinSymptom> = { kind: 'within', words: 'within `3 s`', parse, unmet }
 */
export interface SymptomKind<Phrase extends { readonly kind: string }> {
  readonly kind: Phrase['kind']
  /** How it is written, for messages and for `guide words`. */
  readonly words: string
  parse(text: string): { readonly phrase: Phrase; readonly length: number } | undefined
  unmet(
    phrase: Phrase,
    sight: Sight,
  ): { readonly expected: string; readonly actual: string } | undefined
}
