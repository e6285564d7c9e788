import type { CaseMeta } from './meta.ts'

/** The longest name that is shown whole. */
const nameMax = 44

const shortened = (text: string): string =>
  text.length > nameMax ? `${text.slice(0, nameMax - 1)}…` : text

/** `40 ms`, `1.2 s`; a dash for what was not reached. */
const timeWords = (milliseconds: number | undefined): string => {
  if (milliseconds === undefined) return '-'
  return milliseconds < 1000
    ? `${Math.round(milliseconds)} ms`
    : `${(milliseconds / 1000).toFixed(1)} s`
}

const columns = [
  ['drill', ({ name }: CaseMeta): string => shortened(name.replace(/^drill: /, ''))],
  ['verdict', ({ verdict }: CaseMeta): string => verdict],
  ['to symptom', ({ times }: CaseMeta): string => timeWords(times?.symptomMilliseconds)],
  ['to recovery', ({ times }: CaseMeta): string => timeWords(times?.recoveryMilliseconds)],
] as const

/**
 * The drills of a run as a table, with what was measured of each: from putting the fault to the break
 * of the step, and from the fault's end or the solution's beginning until it held again. A drill that
 * nothing was measured of is in the counts alone.
 *
 * @example
 * drillTable(cases) // ['drill               verdict   to symptom  to recovery', …]
 */
export const drillTable = (cases: readonly CaseMeta[]): readonly string[] => {
  const drills = cases.filter(({ kind, times }) => kind === 'drill' && times !== undefined)
  if (drills.length === 0) return []
  const cells = [
    columns.map(([title]): string => title),
    ...drills.map((drill) => columns.map(([, cell]) => cell(drill))),
  ]
  const widths = columns.map((_, index) => Math.max(...cells.map((row) => row[index]?.length ?? 0)))
  // Words from the left, times to the right.
  return cells.map((row) =>
    row
      .map((cell, index) =>
        index < 2 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  )
}
