import type { HttpRequest } from '../model/http.ts'
import type { Place } from '../model/place.ts'
import type { GuideCode } from './codes.ts'
import type { Sight } from './symptoms/symptom-kind.ts'

/** One expectation of the page that did not hold, at its own line. */
export interface Unmet {
  readonly code: GuideCode
  readonly place: Place
  /** What it is about: `the status`, `/items/0/price`, `row 1, column status`. */
  readonly subject: string
  readonly expected: string
  readonly actual: string
  readonly request?: HttpRequest
}

/** One run of Given (step 0) or of a step. */
export interface StepRun {
  readonly step: number
  readonly unmet: readonly Unmet[]
  /** Milliseconds that it took. */
  readonly milliseconds: number
  /** The last answer of the step, or why none came. */
  readonly sight: Omit<Sight, 'log'>
}

/** What was seen of a step's case: Given and the steps up to it, in order, up to the first that broke. */
export interface StepSeen {
  readonly kind: 'step'
  readonly runs: readonly StepRun[]
}

/** What was seen under the fault, on a testbed of its own. */
export interface FaultSeen {
  /** Given and whatever else broke before the fault was put. */
  readonly before: readonly StepRun[]
  /** Steps under the fault, in order, up to the first that broke. */
  readonly runs: readonly StepRun[]
  /** Milliseconds from putting the fault to its first effect; absent: none was seen. */
  readonly bitAfterMilliseconds?: number
  /** Lines of the provider's log since the fault was put. */
  readonly log: readonly string[]
  /** Milliseconds from putting the fault to the break. */
  readonly brokeAfterMilliseconds?: number
}

/** What was seen of a drill, phase by phase; a phase that was not reached is absent. */
export interface DrillSeen {
  readonly kind: 'drill'
  readonly baseline: readonly StepRun[]
  readonly fault?: FaultSeen
  /** From lifting the fault on: the tries of the step, and how long the last took to hold. */
  readonly recovery?: {
    readonly tries: number
    readonly last: StepRun
    readonly milliseconds: number
  }
  /** The steps after the named one, once the fault is gone. */
  readonly after?: readonly StepRun[]
  readonly prevention?: FaultSeen
}

/** What `replay` hands to `judge`: plain data. */
export type GuideSeen = StepSeen | DrillSeen

/**
 * The first expectation that did not hold among some runs.
 *
 * @example
 * firstBroken(seen.runs)?.step // 1
 */
export const firstBroken = (runs: readonly StepRun[]): StepRun | undefined =>
  runs.find(({ unmet }) => unmet.length > 0)
