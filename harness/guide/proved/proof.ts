import { createHash } from 'node:crypto'
import { withoutProved } from '../read/proved-blocks.ts'
import type { Scenario } from '../types.ts'

/** What the last run of a scenario's cases came to. */
export interface ScenarioProof {
  readonly steps: Count
  readonly drills: Count
  /** Those of its drills that were proved, in the page's order. */
  readonly times: readonly DrillTimes[]
}

/** How many there are, and how many of them were proved. */
interface Count {
  readonly proved: number
  readonly all: number
}

/** What was measured of a drill, in milliseconds. */
interface DrillTimes {
  readonly name: string
  readonly symptomMilliseconds?: number
  readonly recoveryMilliseconds?: number
}

/**
 * The same for as long as a scenario says the same: a proof of other words proves nothing.
 *
 * @example
 * fingerprintOf(text, guide.scenarios[0]) // '9f86d081884c7d65'
 */
export const fingerprintOf = (text: string, { place, lastLine }: Scenario): string => {
  const lines = withoutProved(text.replace(/^\uFEFF/, ''))
    .split('\n')
    .slice(place.line - 1, lastLine)
  const words = lines.join('\n').replaceAll(/\s+/g, ' ').trim()
  return createHash('sha256').update(words).digest('hex').slice(0, 16)
}
