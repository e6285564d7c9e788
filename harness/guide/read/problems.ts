import type { Place } from '../../model/place.ts'
import type { UserErrorParts } from '../../model/user-error.ts'
import type { GuideProblem } from '../types.ts'

/** What is wrong, and where. */
export type PlacedProblem = UserErrorParts & {
  readonly place: Place
  /** An error whether the page is adopted or not: nobody can tell which it is. */
  readonly severity?: 'error'
}

/** Takes down what is wrong with a page while it is read. */
export interface Problems {
  add(problem: PlacedProblem | undefined, scenario?: string): void
  /** In the order of the page. */
  readonly all: (severity: GuideProblem['severity']) => readonly GuideProblem[]
}

/** An empty list of problems. */
export const makeProblems = (): Problems => {
  const found: {
    readonly parts: GuideProblem['parts']
    readonly own?: 'error'
    readonly scenario?: string
  }[] = []
  return {
    add: (problem, scenario) => {
      if (problem === undefined) return
      const { severity: own, ...parts } = problem
      found.push({
        parts,
        ...(own === undefined ? {} : { own }),
        ...(scenario === undefined ? {} : { scenario }),
      })
    },
    all: (severity) =>
      found
        .toSorted((a, b) => a.parts.place.line - b.parts.place.line)
        .map(({ parts, own, scenario }) => ({
          severity: own ?? severity,
          parts,
          ...(scenario === undefined ? {} : { scenario }),
        })),
  }
}
