import type { Drill, DrillPart, Fence } from '../types.ts'
import type { Labelled } from './labels.ts'
import type { DrillMeaning } from './meanings.ts'
import type { PlacedProblem } from './problems.ts'

const parts = ['symptoms', 'solution', 'prevention', 'lost'] as const satisfies readonly DrillPart[]

/** No fence under any label. */
export const noFences: Drill['fences'] = { symptoms: [], solution: [], prevention: [], lost: [] }

/** The label of a drill that a fence stands under: the last one above it whose fences run. */
const partAbove = (
  labels: ReadonlyMap<DrillMeaning, Labelled>,
  { place: { line } }: Fence,
): DrillPart | undefined => {
  const above = parts
    .flatMap((part) => {
      const place = labels.get(part)?.place
      return place !== undefined && place.line <= line ? [{ part, place }] : []
    })
    .toSorted(
      (a, b) => a.place.line - b.place.line || (a.place.column ?? 1) - (b.place.column ?? 1),
    )
  return above.at(-1)?.part
}

/**
 * The fences of a drill by the label that they stand under. One that stands under none of those whose
 * fences run is reported: it would be left out, and the drill would look more proved than it is.
 *
 * @example
 * partFences(labels, fences, report).solution.length // 1
 */
export const partFences = (
  labels: ReadonlyMap<DrillMeaning, Labelled>,
  fences: readonly Fence[],
  report: (problem: PlacedProblem) => void,
): Drill['fences'] => {
  const live = fences.filter(({ language }) => language !== 'sample')
  const placed = live.map((fence) => ({ fence, part: partAbove(labels, fence) }))
  if (labels.has('fault'))
    for (const { fence, part } of placed)
      if (part === undefined)
        report({
          problem: 'this fence stands under no label of its drill that runs fences',
          place: fence.place,
          expected: 'a fence below Symptoms, Solution, Prevention or Nothing lost',
          fix: 'move it below the label that it belongs to',
        })
  const under = (wanted: DrillPart): readonly Fence[] =>
    placed.flatMap(({ fence, part }) => (part === wanted ? [fence] : []))
  return {
    symptoms: under('symptoms'),
    solution: under('solution'),
    prevention: under('prevention'),
    lost: under('lost'),
  }
}
