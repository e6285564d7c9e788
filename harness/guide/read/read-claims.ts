import type { List, ListItem, Table } from 'mdast'
import { toString } from 'mdast-util-to-string'
import { byHandWords, readByHand } from '../by-hand.ts'
import { factRows } from '../facts/columns.ts'
import type { Claim, Words } from '../types.ts'
import { itemParagraph, type Block } from './blocks.ts'
import { isPlaceholder } from './part.ts'
import type { PlacedProblem } from './problems.ts'
import { onOneLine, type Source } from './source.ts'

type Report = (problem: PlacedProblem) => void

const lengthMax = 100
const issueHead = /^(?:issue|problem|error|symptom)s?$/i

/** Whether the first column of a table lists issues. */
export const listsIssues = ({ children: [head] }: Table): boolean => {
  const first = head?.children[0]
  return first !== undefined && issueHead.test(toString(first).trim())
}

/** What a person's word says, if words are one; a malformed one is reported. */
export const byHandIn = ({ text, place }: Words, report: Report): Pick<Claim, 'byHand'> => {
  const byHand = readByHand(text)
  if (byHand !== 'malformed') return byHand === undefined ? {} : { byHand }
  report({
    problem: 'this claim by hand does not say who looked, when, and until when that holds',
    place,
    expected: byHandWords,
  })
  return {}
}

/** A list of links, such as resources, claims nothing: `guide check` looks where they lead. */
const isLink = (item: ListItem): boolean => {
  const paragraph = itemParagraph(item)
  return (
    paragraph !== undefined &&
    paragraph.children.some(({ type }) => type === 'link') &&
    paragraph.children.every(
      (child) => child.type === 'link' || /^[\s.,;:–-]*$/.test(toString(child)),
    )
  )
}

const cut = (text: string): string =>
  text.length > lengthMax ? `${text.slice(0, lengthMax - 1).trimEnd()}…` : text

const itemClaims = (
  source: Source,
  list: List,
  section: string,
  report: Report,
): readonly Claim[] =>
  list.children.flatMap((item) => {
    const paragraph = itemParagraph(item)
    const text = paragraph === undefined ? '' : onOneLine(toString(paragraph))
    const bare = text.replace(/^[^:]{0,40}:\s*/, '')
    if (text === '' || isPlaceholder(bare) || isLink(item)) return []
    const place = source.placeAt(item.position?.start.offset ?? 0)
    return [{ section, text: cut(text), place, ...byHandIn({ text, place }, report) }]
  })

const rowClaims = (source: Source, table: Table, section: string): readonly Claim[] =>
  listsIssues(table) || factRows(table) !== undefined
    ? table.children.slice(1).map((row) => ({
        section,
        text: cut(onOneLine(row.children.map((cell) => toString(cell)).join(' | '))),
        place: source.placeAt(row.position?.start.offset ?? 0),
      }))
    : []

/**
 * The claims of a page outside of its scenarios: items of lists and of checklists, and rows of tables
 * of issues, settings, limits, endpoints and ports. Lists of links and the form's own words claim nothing.
 *
 * @example
 * readClaims(source, blocks, report).map(({ text }) => text) // ['The key is stored before the call', …]
 */
export const readClaims = (
  source: Source,
  blocks: readonly Block[],
  report: Report,
): readonly Claim[] => {
  let section = ''
  return blocks.flatMap((block) => {
    if (block.type === 'heading') section = onOneLine(toString(block))
    if (block.type === 'list') return itemClaims(source, block, section, report)
    return block.type === 'table' ? rowClaims(source, block, section) : []
  })
}
