import type { HeaderFields } from '../../model/http.ts'

/** What was seen of a step itself. */
export interface StepSight {
  readonly step: number
  /** Status of the step's last answer; absent: none came. */
  readonly status?: number
  /** Why no answer came. */
  readonly failure?: string
  /** Headers of the step's last answer. */
  readonly headers?: HeaderFields
  /** Body of the step's last answer, as text, cut where it is long. */
  readonly text?: string
  /** From sending the step's last request to its answer, or to giving up. */
  readonly milliseconds: number
}

/** What was seen beside the step since the fault was put. */
export interface Signs {
  /** Lines of the provider's log. */
  readonly log: readonly string[]
  /** By name: how far each metric that a symptom names has risen. Absent: it is not there. */
  readonly risen?: Readonly<Record<string, number>>
  /** What the provider last said of its health, status first. */
  readonly health?: string
}

/** All that was seen while the fault was in force. */
export type Sight = StepSight & Signs

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
