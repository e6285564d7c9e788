import { identityOf } from '../model/finding.ts'
import type { CaseMeta } from './meta.ts'

type Shown = CaseMeta['findings'][number]

/** Where several cases or operations show the same, it is one finding. */
export interface Cause {
  /** The one that shows it best: the first that was made small, else the first. */
  readonly finding: Shown
  /** Lines for a shell that show it: what comes before, then the request. */
  readonly curls: readonly string[]
  /** All operations, interactions or claims that it touches. */
  readonly subjects: readonly string[]
  /** The cases in which it was seen. */
  readonly cases: readonly { readonly id: string; readonly name: string }[]
}

interface Seen {
  readonly finding: Shown
  readonly curls: readonly string[]
  readonly of: CaseMeta
}

/** Fewer operations that say the same may do so by chance. */
const operationsMin = 3

const isOfSpec = ({ kind }: CaseMeta): boolean => kind === 'operation' || kind === 'sequence'

/** What stands under `paths` belongs to one operation; the rest may be shared by many. */
const isShared = ({ place: { pointer } }: Shown): boolean =>
  pointer !== undefined && pointer !== '' && !pointer.startsWith('/paths/')

const keyOf = ({ finding, of }: Seen): string => {
  if (!isOfSpec(of)) return JSON.stringify([of.id, identityOf(finding), finding.expected])
  const subject = isShared(finding) ? '' : finding.subject
  return JSON.stringify([of.integration, identityOf({ ...finding, subject }), finding.known])
}

/** What a finding says, whichever operation it says it of. A success is one, whatever its number. */
const sentenceOf = ({ code, summary, subject, aspect, known }: Shown): string =>
  JSON.stringify([
    code,
    aspect,
    known,
    summary.replaceAll(subject, '').replaceAll(/\b(answered |\()2\d\d\b/g, '$12xx'),
  ])

const subjectsOf = (seen: readonly Seen[]): readonly string[] => [
  ...new Set(seen.map(({ finding }) => finding.subject)),
]

const causeOf = (seen: readonly Seen[]): Cause | undefined => {
  const best = seen.find(({ finding }) => finding.recipe !== undefined) ?? seen[0]
  if (best === undefined) return undefined
  const cases = new Map(seen.map(({ of: { id, name } }) => [id, { id, name }]))
  return {
    finding: best.finding,
    curls: best.curls,
    subjects: subjectsOf(seen),
    cases: [...cases.values()],
  }
}

/** Groups of one place whose operations all say the same sentence are one, where there are enough. */
const bySentence = (groups: readonly (readonly Seen[])[]): readonly (readonly Seen[])[] => {
  const alike = Map.groupBy(groups, ([first]) =>
    first !== undefined && isOfSpec(first.of) && !isShared(first.finding)
      ? `${first.of.integration} ${sentenceOf(first.finding)}`
      : first,
  )
  return [...alike.values()].flatMap((some) => {
    const all = some.flat()
    return subjectsOf(all).length >= operationsMin ? [all] : some
  })
}

const rank = ({ finding }: Cause): number => {
  if (finding.known !== undefined) return 2
  return finding.class === 'document' ? 1 : 0
}

/**
 * What a run found, each cause once, with all that it touches: the same rule of the document, after
 * references; or the same sentence about three operations or more. Faults of the provider come
 * first, then what the document leaves out, then what is known; within each, what touches most. Pure.
 *
 * @example
 * causesOf(cases)[0]?.subjects // ['GET /orders', 'POST /orders', …]: one error schema, broken in all
 */
export const causesOf = (cases: readonly CaseMeta[]): readonly Cause[] => {
  const seen = cases.flatMap((of) =>
    of.findings.map((finding, index): Seen => ({ finding, curls: of.curls[index] ?? [], of })),
  )
  const groups = [...Map.groupBy(seen, keyOf).values()]
  return bySentence(groups)
    .flatMap((group) => causeOf(group) ?? [])
    .toSorted((a, b) => rank(a) - rank(b) || b.subjects.length - a.subjects.length)
}
