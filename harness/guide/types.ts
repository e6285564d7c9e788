import type { Place } from '../model/place.ts'
import type { UserErrorParts } from '../model/user-error.ts'
import type { ByHand } from './by-hand.ts'
import type { Comparison } from './facts/comparison.ts'
import type { ExchangeTemplate } from './fences/http.ts'
import type { CommandTemplate } from './fences/sh.ts'
import type { SqlTemplate } from './fences/sql.ts'
import type { FaultSpecification } from './faults/fault.ts'
import type { Symptom } from './symptoms/symptom.ts'

/** Text of a page as it was typed, line ends included, and where its first character stands. */
export interface Words {
  readonly text: string
  readonly place: Place
}

/**
 * Something about a page that its writer should mend. An `error` in an adopted page, else a
 * `warning`: an old page is a valid page.
 */
export interface GuideProblem {
  readonly severity: 'error' | 'warning'
  readonly parts: UserErrorParts & { readonly place: Place }
  /** The heading of the scenario in which it stands. */
  readonly scenario?: string
}

interface FenceFrame {
  /** Where the fence opens; its line names the fence within its page. */
  readonly place: Place
  /** The line of the closing marks. */
  readonly lastLine: number
}

/** A fence that is sent as HTTP. */
export interface HttpFence extends FenceFrame {
  readonly language: 'http'
  readonly exchanges: readonly ExchangeTemplate[]
}

/** A fence that is one statement to the testbed's database. */
export interface SqlFence extends FenceFrame {
  readonly language: 'sql'
  readonly statement: SqlTemplate
}

/** A fence of TypeScript; `lines` are the page's own, indentation included. */
export interface TsFence extends FenceFrame {
  readonly language: 'ts'
  readonly lines: readonly string[]
}

/** A fence of commands and what they print. */
export interface ShFence extends FenceFrame {
  readonly language: 'sh'
  readonly commands: readonly CommandTemplate[]
}

/** A fence that should run and cannot be read; the page's problems say why. */
interface BrokenFence extends FenceFrame {
  readonly language: 'broken'
}

/** A fence that is shown and never run. */
interface SampleFence extends FenceFrame {
  readonly language: 'sample'
}

export type Fence = HttpFence | SqlFence | TsFence | ShFence | BrokenFence | SampleFence

/** Fences with the words above them: what stands under Given, a step or Rollback. */
export interface Part {
  /** The words, on one line. */
  readonly text: string
  readonly place: Place
  /** The name after `as`. */
  readonly credential?: Words
  readonly fences: readonly Fence[]
}

/** A sentence outside of the scenarios that can be true or false. */
export interface Claim {
  /** The heading above it. */
  readonly section: string
  /** Its words on one line, cut where they are long. */
  readonly text: string
  readonly place: Place
  readonly byHand?: ByHand
}

/** A named claim that must hold while nothing is wrong. */
export interface GuideStep extends Part {
  /** Counts from 1 over the scenario. Rollback is the step after the last. */
  readonly number: number
  readonly kind: 'numbered' | 'bulleted' | 'rollback'
  /** Its words are still the form's own, such as `[Describe …]`. */
  readonly placeholder: boolean
  /** Only a person can check it. */
  readonly byHand?: ByHand
}

/** Which step a fault must break. */
export interface Breaks {
  readonly step: number
  readonly place: Place
}

/** A setting that is promised to prevent the worst of a fault, and what then holds. */
export interface Prevention {
  readonly place: Place
  readonly environment: Readonly<Record<string, string>>
  readonly symptoms: readonly Symptom[]
}

/** How a drill's fault ends, and how soon the step must hold again after that. */
export type Ends =
  | { readonly by: 'solution'; readonly place: Place }
  | { readonly by: 'harness'; readonly afterMilliseconds: number; readonly place: Place }

/** The labels of a drill whose fences run. */
export type DrillPart = 'symptoms' | 'solution' | 'prevention' | 'lost'

/** A rehearsed fault. What the page does not say, or says unreadably, is absent. */
export interface Drill {
  readonly name: string
  readonly place: Place
  readonly symptoms?: readonly Symptom[]
  readonly fault?: FaultSpecification
  readonly breaks?: Breaks
  readonly ends?: Ends
  readonly recovers?: { readonly withinMilliseconds: number; readonly place: Place }
  readonly solution?: Words
  readonly prevention?: Prevention
  /** What the page claims of that which was accepted during the fault. */
  readonly lost?: Words
  /** The fences that run, by the label that they stand under. */
  readonly fences: Readonly<Record<DrillPart, readonly Fence[]>>
  /** Problems were found in it: the page's `problems` say which. */
  readonly broken: boolean
}

/** Problem, Solution, Given, Verification, Troubleshooting and Rollback under one heading. */
export interface Scenario {
  /** The whole heading: `Scenario 1: An order is paid`. */
  readonly heading: string
  /** What follows the number: `An order is paid`. */
  readonly name: string
  readonly place: Place
  readonly lastLine: number
  /** Which of the page's integrations it is about; absent: the first. */
  readonly integration?: Words
  readonly problem?: Words
  readonly solution?: Words
  readonly given?: Part
  readonly steps: readonly GuideStep[]
  readonly rollback?: GuideStep
  readonly drills: readonly Drill[]
  /** Whether any fence stands in it that could run. */
  readonly hasFences: boolean
}

/** What the page's front matter says. */
export interface FrontMatter {
  readonly integrations: readonly string[]
  readonly integrationPlace?: Place
  readonly owner?: string
  readonly adopted: boolean
}

/**
 * A Markdown page as the later stages see it: plain data.
 *
 * @example
 * const guide: Guide = readGuide('guides/orders.md', text)
 */
export interface Guide extends FrontMatter {
  readonly file: string
  /** The first heading of the highest level, else the file's name. */
  readonly title: string
  readonly lineCount: number
  /** `ts` fences of imports above the first scenario. */
  readonly imports: readonly TsFence[]
  readonly scenarios: readonly Scenario[]
  /** What it claims outside of them. */
  readonly claims: readonly Claim[]
  readonly problems: readonly GuideProblem[]
}

/** What a planned case of a guide needs to be replayed: plain data. */
export interface GuideDetail {
  readonly file: string
  /** Index into the compiled page's `scenarios`. */
  readonly scenarioIndex: number
  readonly scenario: Scenario
  readonly target:
    | { readonly kind: 'step'; readonly step: GuideStep }
    | { readonly kind: 'drill'; readonly drill: Drill }
    | { readonly kind: 'facts'; readonly comparisons: readonly Comparison[] }
    | { readonly kind: 'problem' }
}
