import type { Code, ListItem, Paragraph, Root, RootContent, Table } from 'mdast'
import { visit } from 'unist-util-visit'
import type { Fence } from '../types.ts'
import type { PlacedProblem } from './problems.ts'
import { readFence, readTable } from './read-fence.ts'
import type { Source } from './source.ts'

/** A piece of a page: what stands at its top, or in an item of a list that begins with a label. */
export type Block = RootContent

/** The first paragraph of a list's item. */
export const itemParagraph = (item: ListItem): Paragraph | undefined =>
  item.children.find((child): child is Paragraph => child.type === 'paragraph')

/**
 * The fences in some blocks, however deep, in their order. A table belongs to the `sql` fence above
 * it.
 */
export const fencesIn = (
  source: Source,
  blocks: readonly Block[],
  onProblem: (problem: PlacedProblem) => void,
): readonly Fence[] => {
  const fences: Fence[] = []
  const take = (node: Code | Table): void => {
    if (node.type === 'code') {
      const { fence, problem } = readFence(source, node)
      fences.push(fence)
      if (problem !== undefined) onProblem(problem)
      return
    }
    const last = fences.at(-1)
    if (last?.language !== 'sql' || last.statement.expected !== undefined) return
    const statement = { ...last.statement, expected: readTable(source, node) }
    fences[fences.length - 1] = { ...last, statement }
  }
  const root: Root = { type: 'root', children: [...blocks] }
  visit(root, ['code', 'table'], (node) => {
    if (node.type === 'code' || node.type === 'table') take(node)
  })
  return fences
}
