import type { Drill, DrillPart, Fence, Scenario } from './types.ts'

/** Whether a fence is one that runs. */
export const isLive = ({ language }: Fence): boolean =>
  language !== 'sample' && language !== 'broken'

/** The fences under one label of a drill, and the line by which the compiled page names them. */
export interface FencePart {
  readonly line: number
  readonly fences: readonly Fence[]
}

/**
 * The fences under one label of a drill; `undefined` where none runs there.
 *
 * @example
 * partOf(drill, 'solution')?.line // 48
 */
export const partOf = ({ fences }: Drill, part: DrillPart): FencePart | undefined => {
  const live = fences[part].filter(isLive)
  const [first] = live
  return first === undefined ? undefined : { line: first.place.line, fences: live }
}

/** All of a scenario's drills that have a fault: what nothing rehearses is not compiled. */
export const partsOf = ({ drills }: Pick<Scenario, 'drills'>): readonly FencePart[] =>
  drills
    .filter(({ fault }) => fault !== undefined)
    .flatMap((drill) =>
      (['symptoms', 'solution', 'prevention', 'lost'] as const).flatMap(
        (part) => partOf(drill, part) ?? [],
      ),
    )
