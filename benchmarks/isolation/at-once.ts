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

/** Several measurements of the same as one. */
export const together = (all: readonly Measured[]): Measured => ({
  times: all.flatMap(({ times }) => times),
  total: all.reduce((sum, { total }) => sum + total, 0),
})

/** The time that one part took of all, in milliseconds: what it costs where several run at once. */
export const each = ({ times, total }: Measured): number => total / times.length

/** The value under which the given share of them lies. */
export const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN
