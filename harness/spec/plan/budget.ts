import type { Technique } from '../types.ts'

/** A planned case as far as sharing a budget asks. */
export interface Costed {
  readonly technique: Technique
  /** Requests that it sends whatever comes. */
  readonly requests: number
  /** Whether it may need others to be reached: it is about a thing, or has a body. */
  readonly isBehind: boolean
}

/** What documented examples may need besides: an operation behind others is reached through those. */
const reachMax = 24
/** With fewer a deeper case would hardly get to what it is about. */
const usefulMin = 12

/**
 * How many requests each case may send, in the order of the cases; 0: it is not asked. Depends on its
 * arguments alone, so that every worker and every repeat shares alike.
 *
 * Examples of all operations come first, each whole; then what may be needed to reach them; what is
 * left is shared evenly by the deeper cases, cheap techniques before dear ones where it is too little
 * for all.
 *
 * @example
 * shareOut(100, [{ technique: 'examples', requests: 2, isBehind: false }], techniques) // [2]
 */
export const shareOut = (
  budget: number,
  cases: readonly Costed[],
  order: readonly Technique[],
): readonly number[] => {
  const shares = cases.map(() => 0)
  let left = budget
  const give = (index: number, count: number): void => {
    shares[index] = (shares[index] ?? 0) + count
    left -= count
  }
  const indexes = [...cases.keys()]
  const rankOf = (index: number): number => order.indexOf(cases[index]?.technique ?? 'examples')
  const [shallow, deep] = [indexes.filter((one) => rankOf(one) === 0), indexes.filter((one) => rankOf(one) !== 0)] // prettier-ignore
  for (const index of shallow) {
    const wanted = Math.max(1, cases[index]?.requests ?? 1)
    if (wanted <= left) give(index, wanted)
  }
  const asked = shallow.filter((index) => (shares[index] ?? 0) > 0)
  const behind = asked.filter((index) => cases[index]?.isBehind === true)
  // Most are taken at once, and what is kept for them is then lost to the others.
  const more = Math.min(reachMax, Math.floor(left / 3 / Math.max(1, behind.length)))
  for (const index of behind) give(index, more)
  const fitting = Math.min(deep.length, Math.floor(left / usefulMin))
  const chosen = deep.toSorted((a, b) => rankOf(a) - rankOf(b)).slice(0, fitting)
  const even = Math.floor(left / Math.max(1, fitting))
  for (const index of chosen) give(index, even)
  return shares
}
