import type { Place } from '../../model/place.ts'
import type { Words } from '../types.ts'

/** The text of a page, and where each of its characters stands. */
export interface Source {
  readonly file: string
  readonly text: string
  readonly lines: readonly string[]
  /** The place of an index into the text. */
  placeAt(offset: number): Place
  /** The words between two indexes, without blanks at their ends. */
  words(from: number, to: number): Words
}

/** @example makeSource('guides/orders.md', '# Orders\n').placeAt(2) // line 1, column 3 */
export const makeSource = (file: string, text: string): Source => {
  const lines = text.split('\n')
  const starts = [0]
  for (const line of lines) starts.push((starts.at(-1) ?? 0) + line.length + 1)
  const placeAt = (offset: number): Place => {
    let low = 0
    let high = lines.length - 1
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return { file, line: low + 1, column: offset - (starts[low] ?? 0) + 1 }
  }
  return {
    file,
    text,
    lines: lines.map((line) => line.replace(/\r$/, '')),
    placeAt,
    words: (from, to) => {
      const slice = text.slice(from, to)
      const blank = slice.length - slice.trimStart().length
      return { text: slice.trim(), place: placeAt(from + blank) }
    },
  }
}

/** The place of an index into words that may run over several lines. */
export const placeWithin =
  ({ text, place }: Words) =>
  (index: number): Place => {
    const before = text.slice(0, index).split('\n')
    const column =
      before.length === 1 ? (place.column ?? 1) + index : (before.at(-1)?.length ?? 0) + 1
    return { file: place.file, line: place.line + before.length - 1, column }
  }

/** Words on one line, as names and messages show them. */
export const onOneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()
