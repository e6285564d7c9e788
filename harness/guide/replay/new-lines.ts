/** How many lines must agree before a place in a log is believed to be the one that was seen. */
const anchorLines = 3

const matchesAt = (lines: readonly string[], anchor: readonly string[], index: number): boolean =>
  anchor.every((line, offset) => lines[index + offset] === line)

/**
 * The lines of a log that came after an earlier look at it. The log is bounded: of a provider that
 * prints a lot the oldest lines are gone, so where the earlier look ended is found by its last lines
 * and not by their number.
 *
 * @example
 * newLines(['a', 'b'], ['a', 'b', 'c']) // ['c']
 */
export const newLines = (before: readonly string[], now: readonly string[]): readonly string[] => {
  const anchor = before.slice(-anchorLines)
  if (anchor.length === 0) return now
  for (let index = Math.min(before.length, now.length) - anchor.length; index >= 0; index -= 1)
    if (matchesAt(now, anchor, index)) return now.slice(index + anchor.length)
  // All that was seen is gone: everything is new.
  return now
}
