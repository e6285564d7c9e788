import type { Span } from './comparison.ts'

/**
 * A piece of a page that begins at `from`, with blanks in the place of these spans of the page.
 *
 * @example
 * without('a `b` c', 10, [{ from: 12, to: 15 }]) // 'a     c'
 */
export const without = (text: string, from: number, spans: readonly Span[]): string =>
  spans.reduce((rest, span) => {
    const [start, end] = [span.from - from, span.to - from].map((at) =>
      Math.min(Math.max(at, 0), rest.length),
    )
    return rest.slice(0, start) + ' '.repeat((end ?? 0) - (start ?? 0)) + rest.slice(end)
  }, text)
