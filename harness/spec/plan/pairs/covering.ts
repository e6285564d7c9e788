/** One row: the level of each factor. */
export type Row = readonly number[]

/** Of so many rows, each around another pair, the one is taken that covers most. */
const candidatesMax = 24

const pairKey = (a: number, levelOfA: number, b: number, levelOfB: number): string =>
  a < b ? `${a}.${levelOfA} ${b}.${levelOfB}` : `${b}.${levelOfB} ${a}.${levelOfA}`

const pairsOf = (row: Row): readonly string[] =>
  row.flatMap((level, a) => row.slice(0, a).map((other, b) => pairKey(b, other, a, level)))

const allPairs = (sizes: readonly number[]): Set<string> => {
  const pairs = new Set<string>()
  for (const [a, ofA] of sizes.entries())
    for (const [b, ofB] of sizes.slice(0, a).entries())
      for (let i = 0; i < ofA; i += 1)
        for (let j = 0; j < ofB; j += 1) pairs.add(pairKey(b, j, a, i))
  return pairs
}

/** A row that holds one pair and, factor by factor, as many others as can be. */
const rowAround = (
  sizes: readonly number[],
  pair: string,
  open: ReadonlySet<string>,
): readonly number[] => {
  const levels = new Map(
    pair.split(' ').map((part) => part.split('.').map(Number) as [number, number]),
  )
  for (const [factor, size] of sizes.entries()) {
    if (levels.has(factor)) continue
    const gain = (level: number): number =>
      [...levels].filter(([other, of]) => open.has(pairKey(other, of, factor, level))).length
    const [best = 0] = Array.from({ length: size }, (_, level) => level).toSorted(
      (a, b) => gain(b) - gain(a) || a - b,
    )
    levels.set(factor, best)
  }
  return sizes.map((_, factor) => levels.get(factor) ?? 0)
}

/**
 * A covering array of strength two: rows in which each level of each factor meets each level of each
 * other factor at least once, and far fewer of them than there are combinations. The first row has
 * the first level of all factors, the second the second. Where `most` rows are not enough, the last
 * pairs are not covered.
 *
 * @example
 * covering([2, 2, 2], 99).length // 5, of 8
 */
export const covering = (sizes: readonly number[], most: number): readonly Row[] => {
  const open = allPairs(sizes)
  const rows: Row[] = []
  const add = (row: Row): void => {
    rows.push(row)
    for (const pair of pairsOf(row)) open.delete(pair)
  }
  add(sizes.map(() => 0))
  add(sizes.map((size) => Math.min(1, size - 1)))
  const gainOf = (row: Row): number => pairsOf(row).filter((pair) => open.has(pair)).length
  while (rows.length < most && open.size > 0) {
    const pairs = [...open]
    const apart = Math.max(1, Math.floor(pairs.length / candidatesMax))
    const candidates = pairs
      .filter((_, index) => index % apart === 0)
      .map((pair) => rowAround(sizes, pair, open))
      .map((row) => ({ row, gain: gainOf(row) }))
    const [best] = candidates.toSorted((a, b) => b.gain - a.gain)
    if (best === undefined) break
    add(best.row)
  }
  return rows.slice(0, most)
}
