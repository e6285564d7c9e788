/**
 * The entry of the config that a command falls under: the one with the most words that begins it.
 *
 * @example
 * findCommand(['kubectl', 'set', 'env', 'A=1'], ['kubectl', 'kubectl set env']) // 'kubectl set env'
 */
export const findCommand = (
  words: readonly (string | undefined)[],
  known: Iterable<string>,
): string | undefined =>
  [...known]
    .filter((name) =>
      name
        .trim()
        .split(/\s+/)
        .every((word, index) => words[index] === word),
    )
    .toSorted((a, b) => b.split(/\s+/).length - a.split(/\s+/).length)[0]

/** How many words of a command the name of its entry takes. */
export const wordsIn = (name: string): number => name.trim().split(/\s+/).length
