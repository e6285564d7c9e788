import type { Table, TableCell, TableRow } from 'mdast'
import { toString } from 'mdast-util-to-string'
import type { Span } from './comparison.ts'

/** What the columns of a table say, by the words that head them. */
const heads = {
  name: /^(?:settings?|(?:environment |env\.? )?var(?:iable)?s?|env|names?|options?|parameters?|params?|query parameters?|fields?|propert(?:y|ies)|attributes?|members?|keys?)$/i,
  default: /^defaults?(?: values?)?$/i,
  value: /^values?$/i,
  maximum:
    /^(?:max(?:imum)?(?: (?:length|size|value|items))?|upper (?:bound|limit)|at most|limits?)$/i,
  minimum: /^(?:min(?:imum)?(?: (?:length|size|value|items))?|lower (?:bound|limit)|at least)$/i,
  method: /^(?:http )?(?:methods?|verbs?)$/i,
  path: /^(?:paths?|endpoints?|routes?|ur[li]s?|operations?)$/i,
  status: /^(?:(?:http )?status(?:es| codes?)?|codes?|answers?|success|responses?)$/i,
  port: /^ports?$/i,
  part: /^(?:services?|components?|dependenc(?:y|ies)|systems?|hosts?)$/i,
} as const

/** One of the columns that are understood. */
type Column = keyof typeof heads

/** A cell that is understood: its words without the marks of code. */
interface Cell extends Span {
  readonly text: string
}

/** A row of a table that says facts, by its columns. */
export interface FactRow extends Span {
  readonly cells: Readonly<Partial<Record<Column, Cell>>>
  /** How many of its cells say something, understood or not. */
  readonly filled: number
}

const columnsOf = (head: TableRow | undefined): readonly (Column | undefined)[] =>
  (head?.children ?? []).map((cell) => {
    const words = toString(cell).trim()
    return (Object.keys(heads) as Column[]).find((column) => heads[column].test(words))
  })

/** A table says facts where it names something and says a value of it. */
const saysFacts = (columns: readonly (Column | undefined)[]): boolean => {
  const has = (column: Column): boolean => columns.includes(column)
  const named = columns.filter((column) => column === 'name').length === 1
  return (
    (named && (['default', 'value', 'maximum', 'minimum'] as const).some(has)) ||
    has('path') ||
    (has('port') && (has('part') || named))
  )
}

const cellOf = ({ position, ...cell }: TableCell): Cell => ({
  from: position?.start.offset ?? 0,
  to: position?.end.offset ?? 0,
  text: toString(cell).trim(),
})

/**
 * The rows of a table whose heads say that it lists settings, parameters, endpoints or ports;
 * `undefined` for any other table. A head that stands twice is not understood.
 *
 * @example
 * factRows(table)?.[0]?.cells.name?.text // 'RATE_LIMIT'
 */
export const factRows = ({ children: [head, ...rows] }: Table): readonly FactRow[] | undefined => {
  const columns = columnsOf(head)
  if (!saysFacts(columns)) return undefined
  return rows.map((row) => ({
    from: row.position?.start.offset ?? 0,
    to: row.position?.end.offset ?? 0,
    filled: row.children.filter((cell) => toString(cell).trim() !== '').length,
    cells: Object.fromEntries(
      row.children.flatMap((cell, index) => {
        const column = columns[index]
        const once = columns.indexOf(column) === columns.lastIndexOf(column)
        return column === undefined || !once ? [] : [[column, cellOf(cell)]]
      }),
    ),
  }))
}
