import type { Place } from '../../model/place.ts'
import { holesIn } from './hole.ts'
import { placeInJoined, type FenceProblem, type FenceText } from './line-text.ts'

/** The table under a `sql` fence: the rows that its statement must give. */
export interface TableTemplate {
  readonly place: Place
  readonly columns: readonly Cell[]
  readonly rows: readonly { readonly place: Place; readonly cells: readonly Cell[] }[]
}

/** The text of a cell and its place. */
export interface Cell {
  readonly text: string
  readonly place: Place
}

/** One statement with its values bound, never pasted. */
export interface SqlTemplate {
  readonly place: Place
  /** With `$1`, `$2`, … where names stood. */
  readonly text: string
  /** The name behind each `$n`, in order. */
  readonly names: readonly { readonly name: string; readonly place: Place }[]
  /** Whether the statement itself says in which order its rows come. */
  readonly ordered: boolean
  /** The dependency that is asked; absent: the only database. */
  readonly database?: string
  readonly expected?: TableTemplate
}

/** Where a comment or quoted text that begins at an index ends; `undefined`: none begins there. */
const quotedEnd = (text: string, index: number): number | undefined => {
  const rest = text.slice(index)
  const dollar = /^\$(?:[A-Za-z_]\w*)?\$/.exec(rest)?.[0]
  const close = (mark: string, from: number): number => {
    const at = text.indexOf(mark, from)
    return at === -1 ? text.length : at + mark.length
  }
  if (rest.startsWith('--')) return close('\n', index)
  if (rest.startsWith('/*')) return close('*/', index + 2)
  if (dollar !== undefined) return close(dollar, index + dollar.length)
  if (rest.startsWith("'") || rest.startsWith('"')) return close(rest[0] ?? '', index + 1)
  return undefined
}

/** Parts of a statement: code, and what is quoted or a comment. */
const partsOf = (
  text: string,
): readonly { readonly from: number; readonly text: string; readonly quoted: boolean }[] => {
  const parts: { from: number; text: string; quoted: boolean }[] = []
  let from = 0
  let index = 0
  while (index < text.length) {
    const end = quotedEnd(text, index)
    if (end === undefined) {
      index += 1
      continue
    }
    if (index > from) parts.push({ from, text: text.slice(from, index), quoted: false })
    parts.push({ from: index, text: text.slice(index, end), quoted: true })
    from = end
    index = end
  }
  if (from < text.length) parts.push({ from, text: text.slice(from), quoted: false })
  return parts
}

const isComment = (text: string): boolean => text.startsWith('--') || text.startsWith('/*')

/** Index of the first character after a semicolon that is neither blank nor a comment. */
const secondStatement = (parts: ReturnType<typeof partsOf>): number | undefined => {
  let ended = false
  for (const part of parts) {
    if (part.quoted) {
      if (ended && !isComment(part.text)) return part.from
      continue
    }
    const semicolon = ended ? -1 : part.text.indexOf(';')
    if (!ended && semicolon === -1) continue
    const rest = part.text.slice(semicolon + 1)
    ended = true
    const next = rest.search(/[^\s;]/)
    if (next !== -1) return part.from + semicolon + 1 + next
  }
  return undefined
}

/**
 * Reads a `sql` fence: one statement, its names bound as `$1`, `$2`, …
 *
 * @example
 * parseSql({ file, line: 30, column: 1, lines: ['SELECT 1 FROM orders WHERE id = {{order}}'] })
 */
export const parseSql = (
  fence: FenceText,
  database?: string,
): { readonly statement: SqlTemplate } | { readonly problem: FenceProblem } => {
  const text = fence.lines.join('\n')
  const placeAt = placeInJoined(fence, 0, text)
  const parts = partsOf(text)
  const fail = (problem: string, index: number, expected: string, fix: string) => ({
    problem: { problem, place: placeAt(index), expected, fix },
  })
  if (text.trim() === '')
    return fail('this sql fence is empty', 0, 'one statement', 'write the statement')
  const second = secondStatement(parts)
  if (second !== undefined)
    return fail(
      'a second statement begins here',
      second,
      'one statement a fence',
      'put it into a sql fence of its own',
    )
  const names: { name: string; place: Place }[] = []
  let bound = ''
  for (const part of parts) {
    const holes = part.quoted && isComment(part.text) ? [] : holesIn(part.text)
    let from = 0
    for (const { hole, index, length } of holes) {
      if (part.quoted)
        return fail(
          'a name stands within quotation marks',
          part.from + index,
          'the name alone: its value is bound',
          'take the quotation marks away',
        )
      if (hole.kind !== 'use')
        return fail(
          'a statement can only send what is known',
          part.from + index,
          '{{name}} with a name that was kept above',
          'use {{any}} and {{new name}} in the table only',
        )
      names.push({ name: hole.name, place: placeAt(part.from + index) })
      bound += `${part.text.slice(from, index)}$${names.length}`
      from = index + length
    }
    bound += part.text.slice(from)
  }
  const code = parts
    .filter(({ quoted }) => !quoted)
    .map((part) => part.text)
    .join(' ')
  return {
    statement: {
      place: placeAt(0),
      text: bound.replace(/[;\s]+$/, ''),
      names,
      ordered: /\border\s+by\b/i.test(code),
      ...(database === undefined ? {} : { database }),
    },
  }
}
