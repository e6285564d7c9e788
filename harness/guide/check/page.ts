import type { Code, Nodes, Parents, Root } from 'mdast'
import { visit } from 'unist-util-visit'
import { factRows, type FactRow } from '../facts/columns.ts'
import { sentencesOf, type Sentence } from '../facts/prose.ts'
import { parseOrNothing } from '../read/parse-page.ts'
import { makeSource, type Source } from '../read/source.ts'

/** A table of facts, and the block right above it. */
interface FactTable {
  readonly rows: readonly FactRow[]
  readonly above: Nodes | undefined
}

/** A page as comparisons read it: parsed once for all of them. */
export interface Page {
  readonly file: string
  readonly text: string
  readonly tree: Root
  readonly source: Source
  /** Its sentences outside of tables of facts. */
  readonly sentences: readonly Sentence[]
  readonly tables: readonly FactTable[]
  /** Fences, each with the block right above it. */
  readonly fences: readonly { readonly code: Code; readonly above: Nodes | undefined }[]
}

/** @example readPage('guides/orders.md', text).tables.length // 1 */
export const readPage = (file: string, text: string): Page => {
  const tree = parseOrNothing(text)
  const tables: FactTable[] = []
  const taken = new Set<unknown>()
  const fences: { code: Code; above: Nodes | undefined }[] = []
  visit(tree, ['table', 'code'], (node, index, parent: Parents | undefined) => {
    const above = index === undefined ? undefined : parent?.children[index - 1]
    if (node.type === 'code') fences.push({ code: node, above })
    if (node.type !== 'table') return
    const rows = factRows(node)
    if (rows === undefined) return
    taken.add(node)
    tables.push({ rows, above })
  })
  const sentences = sentencesOf(text, tree, (node) => taken.has(node))
  return { file, text, tree, source: makeSource(file, text), sentences, tables, fences }
}
