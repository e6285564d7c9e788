/** How long something took: of each of its parts, and in all. */
export interface Measured {
  /** In milliseconds, one for each part. */
  readonly times: readonly number[]
  readonly total: number
}

/** Does something `count` times, `atOnce` of them at the same time. */
export const measure = async (
  count: number,
  atOnce: number,
  one: (index: number) => Promise<void>,
): Promise<Measured> => {
  const times: number[] = []
  let next = 0
  const began = performance.now()
  const lane = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) {
      const start = performance.now()
      await one(index)
      times.push(performance.now() - start)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  return { times, total: performance.now() - began }
}

/** The time under which the given share of them lies. */
export const quantile = (times: readonly number[], share: number): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? Number.NaN
