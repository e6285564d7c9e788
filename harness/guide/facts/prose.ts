import type { Node, Parents, Root } from 'mdast'
import { SKIP, visit } from 'unist-util-visit'
import type { Span } from './comparison.ts'

/** A name, a number or another piece of code in a sentence. */
interface CodeSpan extends Span {
  readonly value: string
}

/** A sentence as it is typed; its spans are indexes into the page. */
export interface Sentence extends Span {
  readonly text: string
  readonly codes: readonly CodeSpan[]
}

const offsets = ({ position }: Node): Span => ({
  from: position?.start.offset ?? 0,
  to: position?.end.offset ?? 0,
})

const codesIn = (block: Parents): readonly CodeSpan[] => {
  const codes: CodeSpan[] = []
  visit(block, 'inlineCode', (node) => {
    codes.push({ ...offsets(node), value: node.value })
  })
  return codes
}

/** Where a sentence ends: at its mark before a blank, and not within code. */
const end = /[.!?;](?=\s|$)/g
const abbreviation = /\b(?:e\.g|i\.e|approx|max|min|incl|no|vs|cf)\.$/i

const sentencesIn = (page: string, block: Parents): readonly Sentence[] => {
  const { from, to } = offsets(block)
  const text = page.slice(from, to)
  const codes = codesIn(block)
  const isCode = (index: number): boolean =>
    codes.some((code) => index >= code.from && index < code.to)
  const ends = [...text.matchAll(end)]
    .map(({ index }) => index + 1)
    .filter((at) => !isCode(from + at - 1) && !abbreviation.test(text.slice(0, at)))
  return [...ends, text.length].flatMap((stop, index) => {
    const start = ends[index - 1] ?? 0
    if (text.slice(start, stop).trim() === '') return []
    return [
      {
        from: from + start,
        to: from + stop,
        text: text.slice(start, stop),
        codes: codes.filter((code) => code.from >= from + start && code.to <= from + stop),
      },
    ]
  })
}

/**
 * The sentences of a page that are words: of paragraphs, items of lists and cells of tables.
 * `isTaken` leaves out tables that are read by their columns.
 *
 * @example
 * sentencesOf(page, tree).map(({ codes }) => codes.map(({ value }) => value)) // [['RATE_LIMIT']]
 */
export const sentencesOf = (
  page: string,
  tree: Root,
  isTaken: (node: Node) => boolean = () => false,
): readonly Sentence[] => {
  const sentences: Sentence[] = []
  visit(tree, (node) => {
    if (isTaken(node)) return SKIP
    if (node.type === 'paragraph' || node.type === 'tableCell')
      sentences.push(...sentencesIn(page, node))
    return undefined
  })
  return sentences
}
