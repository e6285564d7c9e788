import type { HttpRequest } from '../model/http.ts'
import type { Place } from '../model/place.ts'
import type { GuideCode } from './codes.ts'
import type { Comparison } from './facts/comparison.ts'
import type { Signs, StepSight } from './symptoms/symptom-kind.ts'

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

/** One run of Given (step 0), of a step, or of the fences under a label of a drill. */
export interface StepRun {
  readonly step: number
  readonly unmet: readonly Unmet[]
  /** Milliseconds that it took. */
  readonly milliseconds: number
  /** The last answer of the step, or why none came. */
  readonly sight: StepSight
}

/** What was seen of a step's case: Given and the steps up to it, in order, up to the first that broke. */
export interface StepSeen {
  readonly kind: 'step'
  readonly runs: readonly StepRun[]
}

/** From some moment on: the tries of the step, and how long the last took to hold. */
export interface Recovery {
  readonly tries: number
  readonly last: StepRun
  /** Milliseconds since the fault's end, or since the solution was begun. */
  readonly milliseconds: number
}

/** What was seen under the fault, on a testbed of its own. */
export interface FaultSeen {
  /** Given and whatever else broke before the fault was put. */
  readonly before: readonly StepRun[]
  /** Steps under the fault, in order, up to the first that broke. */
  readonly runs: readonly StepRun[]
  /** Milliseconds from putting the fault to its first effect; absent: none was seen. */
  readonly bitAfterMilliseconds?: number
  /** What else showed since the fault was put. */
  readonly signs: Signs
  /** What the fences under Symptoms, or under Prevention, came to. */
  readonly fences?: StepRun
  /** Milliseconds from putting the fault to the break. */
  readonly brokeAfterMilliseconds?: number
}

/** What was seen of a drill, phase by phase; a phase that was not reached is absent. */
export interface DrillSeen {
  readonly kind: 'drill'
  readonly baseline: readonly StepRun[]
  readonly fault?: FaultSeen
  /** What the fences under Solution came to. */
  readonly solution?: StepRun
  readonly recovery?: Recovery
  /** The steps after the named one and Rollback, once the fault is gone. */
  readonly after?: readonly StepRun[]
  /** What was asked during the fault, to see afterwards that nothing of it was lost. */
  readonly lost?: readonly AskedMeanwhile[]
  /** The same fault without the solution. */
  readonly control?: FaultSeen & { readonly recovery?: Recovery }
  readonly prevention?: FaultSeen
}

/** One more run of Given during the fault, and whether what it made was there afterwards. */
export interface AskedMeanwhile {
  readonly given: StepRun
  /** The fences under Nothing lost; absent where Given was refused, or recovery was not reached. */
  readonly found?: StepRun
}

/** What a page says, beside what else says it. */
interface FactsSeen {
  readonly kind: 'facts'
  readonly comparisons: readonly Comparison[]
}

/** What `replay` hands to `judge`: plain data. */
export type GuideSeen = StepSeen | DrillSeen | FactsSeen

/**
 * The first expectation that did not hold among some runs.
 *
 * @example
 * firstBroken(seen.runs)?.step // 1
 */
export const firstBroken = (runs: readonly StepRun[]): StepRun | undefined =>
  runs.find(({ unmet }) => unmet.length > 0)
