import { formatPlace } from '../model/place.ts'
import type { SpecProblem } from './types.ts'

/** The message of a document's problems: every one with its place, its pointer and its fix. */
export const problemsMessage = (problems: readonly SpecProblem[]): string =>
  problems
    .map(({ place, problem, fix }) => {
      const pointer = place.pointer === undefined ? '' : ` (${place.pointer || '/'})`
      return `${formatPlace(place)}${pointer}: ${problem}${fix === undefined ? '' : ` Fix: ${fix}.`}`
    })
    .join('\n')
