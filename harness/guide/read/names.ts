import type { Place } from '../../model/place.ts'
import { nearest } from '../../model/nearest.ts'
import { holesIn, type Hole } from '../fences/hole.ts'
import type { HeaderTemplate } from '../fences/http.ts'
import type { BodyTemplate } from '../fences/http-body.ts'
import { holesOfJson } from '../fences/json-template.ts'
import type { Fence, Scenario } from '../types.ts'
import type { PlacedProblem } from './problems.ts'

interface Use {
  readonly hole: Hole
  readonly place: Place
}

const inText = (text: string, place: Place, columnsBefore = 0): readonly Use[] =>
  holesIn(text).map(({ hole, index }) => ({
    hole,
    place: { ...place, column: (place.column ?? 1) + columnsBefore + index },
  }))

const inHeaders = (headers: readonly HeaderTemplate[]): readonly Use[] =>
  headers.flatMap(({ name, value, place }) => inText(value, place, name.length + 2))

const inBody = (body: BodyTemplate | undefined): readonly Use[] => {
  if (body === undefined) return []
  return body.kind === 'json' ? holesOfJson(body.root) : inText(body.text, body.place)
}

/** The holes of a fence in the order in which they are met. */
const holesOf = (fence: Fence): readonly Use[] => {
  if (fence.language === 'http')
    return fence.exchanges.flatMap(({ place, method, target, headers, body, expected }) => [
      ...inText(target, place, method.length + 1),
      ...inHeaders(headers),
      ...inBody(body),
      ...inHeaders(expected?.headers ?? []),
      ...inBody(expected?.body),
    ])
  if (fence.language === 'sql')
    return [
      ...fence.statement.names.map(({ name, place }) => ({
        hole: { kind: 'use', name } as const,
        place,
      })),
      ...(fence.statement.expected?.rows ?? []).flatMap(({ cells }) =>
        cells.flatMap(({ text, place }) => inText(text, place)),
      ),
    ]
  if (fence.language === 'sh')
    return fence.commands.flatMap(({ place, text, expected = [] }) => [
      ...inText(text, place, 2),
      ...expected.flatMap((line) => inText(line.text, line.place)),
    ])
  if (fence.language === 'ts') {
    const made = fence.lines.join('\n').matchAll(/\bkept\.([A-Za-z_]\w*)\s*=(?!=)/g)
    return [...made].map((match) => ({
      hole: { kind: 'new', name: match[1] ?? '' },
      place: fence.place,
    }))
  }
  return []
}

/** Checks fences in order; returns the names known after them. */
const check = (
  fences: readonly Fence[],
  before: ReadonlySet<string>,
  report: (problem: PlacedProblem) => void,
): ReadonlySet<string> => {
  const known = new Set(before)
  for (const { hole, place } of fences.flatMap(holesOf)) {
    if (hole.kind === 'new') known.add(hole.name)
    if (hole.kind !== 'use' || known.has(hole.name)) continue
    const meant = nearest(hole.name, known)
    report({
      problem: `nothing above keeps a value as "${hole.name}"`,
      place,
      expected:
        known.size === 0
          ? `{{new ${hole.name}}} in an answer above`
          : `one of ${[...known].join(', ')}`,
      fix:
        meant === undefined
          ? `write {{new ${hole.name}}} where the value comes`
          : `write {{${meant}}}`,
    })
  }
  return known
}

/**
 * Reports each `{{name}}` that nothing has kept when its fence runs: a numbered step sees what Given
 * and the numbered steps before it kept, a bulleted one only what Given kept, Rollback everything.
 */
export const checkNames = (
  { given, steps, rollback, drills }: Pick<Scenario, 'given' | 'steps' | 'rollback' | 'drills'>,
  report: (problem: PlacedProblem) => void,
): void => {
  const first = check(given?.fences ?? [], new Set(), report)
  let known = first
  for (const step of steps) {
    const after = check(step.fences, step.kind === 'bulleted' ? first : known, report)
    if (step.kind !== 'bulleted') known = after
  }
  check(rollback?.fences ?? [], known, report)
  for (const { fences } of drills) check(Object.values(fences).flat(), known, report)
}
