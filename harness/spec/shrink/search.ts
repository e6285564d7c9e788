/** How much may be spent on one finding. */
export interface Budget {
  /** Takes one try; `false` where none is left. */
  take(): boolean
}

/** A budget of so many tries, which also ends at a time. */
export const openBudget = (tries: number, milliseconds: number): Budget => {
  const end = performance.now() + milliseconds
  let left = tries
  return {
    take: () => {
      if (left === 0 || performance.now() > end) return false
      left -= 1
      return true
    },
  }
}

/**
 * The largest part of `all` for which something holds, looked for by halves: all at once, then one
 * half after the other, each on top of what held before. What `holds` answers is never assumed of
 * another set, so that the last answer `true` is about just what is returned.
 *
 * @example
 * await most(['a', 'b', 'c'], async (some) => !some.includes('b')) // ['a', 'c']
 */
export const most = async <Item>(
  all: readonly Item[],
  holds: (some: readonly Item[]) => Promise<boolean>,
): Promise<readonly Item[]> => {
  let chosen: readonly Item[] = []
  const visit = async (some: readonly Item[]): Promise<void> => {
    if (some.length === 0) return
    const together = [...chosen, ...some]
    if (await holds(together)) {
      chosen = together
      return
    }
    if (some.length === 1) return
    const half = Math.ceil(some.length / 2)
    await visit(some.slice(0, half))
    await visit(some.slice(half))
  }
  await visit(all)
  return chosen
}
