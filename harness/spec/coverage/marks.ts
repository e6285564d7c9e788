/**
 * Indexes as a short text: the steps from one to the next in base 36. A case reaches a few hundred of
 * a document's many thousand parts, and its result carries them through workers and shards.
 *
 * @example
 * writeMarks([3, 4, 50]) // '3.1.1a'
 */
export const writeMarks = (indexes: Iterable<number>): string => {
  let last = 0
  return [...new Set(indexes)]
    .toSorted((a, b) => a - b)
    .map((index) => {
      const step = index - last
      last = index
      return step.toString(36)
    })
    .join('.')
}

/** The indexes in what `writeMarks` wrote. */
export const readMarks = (text: string): readonly number[] => {
  if (text === '') return []
  let last = 0
  return text.split('.').map((step) => {
    last += Number.parseInt(step, 36)
    return last
  })
}
