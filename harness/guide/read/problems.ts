import type { Place } from '../../model/place.ts'
import type { UserErrorParts } from '../../model/user-error.ts'
import type { GuideProblem } from '../types.ts'

/** What is wrong, and where. */
export type PlacedProblem = UserErrorParts & { readonly place: Place }

/** Takes down what is wrong with a page while it is read. */
export interface Problems {
  add(problem: PlacedProblem | undefined, scenario?: string): void
  /** In the order of the page. */
  readonly all: (severity: GuideProblem['severity']) => readonly GuideProblem[]
}

/** An empty list of problems. */
export const makeProblems = (): Problems => {
  const found: { readonly parts: PlacedProblem; readonly scenario?: string }[] = []
  return {
    add: (parts, scenario) => {
      if (parts !== undefined)
        found.push({ parts, ...(scenario === undefined ? {} : { scenario }) })
    },
    all: (severity) =>
      found
        .toSorted((a, b) => a.parts.place.line - b.parts.place.line)
        .map(({ parts, scenario }) => ({
          severity,
          parts,
          ...(scenario === undefined ? {} : { scenario }),
        })),
  }
}
