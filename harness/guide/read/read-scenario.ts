import type { Place } from '../../model/place.ts'
import type { Part, Scenario, Words } from '../types.ts'
import { fencesIn, type Block } from './blocks.ts'
import { checkNames } from './names.ts'
import { credentialIn } from './part.ts'
import type { PlacedProblem } from './problems.ts'
import { readDrills } from './read-drills.ts'
import { readSteps } from './read-steps.ts'
import { sectionsOf, type Section } from './sections.ts'
import { onOneLine, type Source } from './source.ts'

/** A scenario's heading or label, and the blocks up to the next one. */
export interface ScenarioBlocks {
  readonly heading: string
  readonly name: string
  readonly place: Place
  readonly lastLine: number
  /** Depth of the heading; of a label, that of the heading above it. */
  readonly depth: number
  readonly blocks: readonly Block[]
}

type Report = (problem: PlacedProblem | undefined) => void

const partOf = (source: Source, sections: readonly Section[], report: Report): Part | undefined => {
  const [first] = sections
  if (first === undefined) return undefined
  const { text, credential } = credentialIn(first.words)
  return {
    text: onOneLine(text),
    place: first.place,
    fences: sections.flatMap(({ blocks }) => fencesIn(source, blocks, report)),
    ...(credential === undefined ? {} : { credential }),
  }
}

const lateGiven = (sections: readonly Section[]): PlacedProblem | undefined => {
  const step = sections.findIndex(({ meaning }) => meaning === 'verification')
  const late = sections.find(
    ({ meaning }, index) => meaning === 'given' && step !== -1 && index > step,
  )
  return late === undefined
    ? undefined
    : {
        problem: 'Given stands below Verification',
        place: late.place,
        expected: 'Given above the steps, since it is what they start from',
        fix: 'move it above Verification',
      }
}

/**
 * Reads one scenario: its labels, steps and drills.
 *
 * @example
 * readScenario(source, blocks, report).steps.length // 2
 */
export const readScenario = (
  source: Source,
  { heading, name, place, lastLine, depth, blocks }: ScenarioBlocks,
  report: Report,
): Scenario => {
  const sections = sectionsOf(source, blocks, depth, report)
  const under = (meaning: Section['meaning']): readonly Section[] =>
    sections.filter((section) => section.meaning === meaning)
  report(lateGiven(sections))
  const steps = readSteps(source, sections, report)
  const given = partOf(source, under('given'), report)
  const undo = partOf(source, under('rollback'), report)
  const drills = readDrills(source, sections, report)
  const wordsOf = (
    meaning: 'integration' | 'problem' | 'solution',
  ): { readonly [key in typeof meaning]?: Words } => {
    const [first] = under(meaning)
    return first === undefined ? {} : { [meaning]: first.words }
  }
  const scenario = {
    heading,
    name,
    place,
    lastLine,
    ...wordsOf('integration'),
    ...wordsOf('problem'),
    ...wordsOf('solution'),
    ...(given === undefined ? {} : { given }),
    steps,
    ...(undo === undefined
      ? {}
      : {
          rollback: {
            ...undo,
            number: steps.length + 1,
            kind: 'rollback',
            placeholder: false,
          } as const,
        }),
    drills,
    hasFences: fencesIn(source, blocks, () => {}).some(({ language }) => language !== 'sample'),
  }
  checkNames(scenario, report)
  return scenario
}
