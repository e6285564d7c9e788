import { isDeepStrictEqual } from 'node:util'
import { shown, type Mismatch } from './compare-json.ts'
import { fillText, fitsText, keptValue, textOf, wholeHole, type Kept } from './hole.ts'
import type { Cell, SqlTemplate, TableTemplate } from './sql.ts'

type Row = Readonly<Record<string, unknown>>

const decimal = /^[+-]?\d+(?:\.\d+)?$/

/** A decimal number without what does not change its value, so that `1`, `1.0` and `01` are one. */
const plainDecimal = (text: string): string => {
  const sign = text.startsWith('-') ? '-' : ''
  const [whole = '', part = ''] = text.replace(/^[+-]/, '').split('.')
  const digits = whole.replace(/^0+(?=\d)/, '')
  const rest = part.replace(/0+$/, '')
  const plain = rest === '' ? digits : `${digits}.${rest}`
  return plain === '0' ? plain : `${sign}${plain}`
}

const valueText = (value: unknown): string => {
  if (value === null || value === undefined) return 'null'
  if (value instanceof Date) return value.toISOString()
  return textOf(value)
}

const sameJson = (text: string, value: object): boolean => {
  try {
    return isDeepStrictEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)))
  } catch {
    return false
  }
}

const sameTime = (text: string, value: Date): boolean =>
  /^\d{4}-\d\d-\d\d/.test(text) && new Date(text).getTime() === value.getTime()

/** Whether a value is what a cell says; new names are kept. */
const holds = (cell: string, value: unknown, kept: Kept): boolean => {
  const hole = wholeHole(cell)
  if (hole?.kind === 'use') return valueText(keptValue(kept, hole.name)) === valueText(value)
  if (hole !== undefined) {
    if (value === null || value === undefined) return false
    if (hole.kind === 'new') kept.set(hole.name, value)
    return true
  }
  if (value === null || value === undefined) return cell === '' || cell.toLowerCase() === 'null'
  if (typeof value === 'boolean')
    return /^(?:true|t)$/i.test(cell) === value && /^(?:true|false|t|f)$/i.test(cell)
  if (value instanceof Date) return sameTime(cell, value) || valueText(value) === cell
  if (typeof value === 'object') return sameJson(cell, value)
  const text = valueText(value)
  if (decimal.test(cell) && decimal.test(text)) return plainDecimal(cell) === plainDecimal(text)
  return fitsText(cell, text, kept)
}

const rowHolds = (
  columns: readonly Cell[],
  cells: readonly Cell[],
  row: Row,
  kept: Kept,
): boolean => {
  const tried = new Map(kept)
  const held = columns.every((column, index) =>
    holds(cells[index]?.text ?? '', row[column.text], tried),
  )
  if (held) for (const [name, value] of tried) kept.set(name, value)
  return held
}

const cellMismatches = (
  table: TableTemplate,
  rowIndex: number,
  row: Row,
  kept: Kept,
): readonly Mismatch[] =>
  table.columns.flatMap((column, index) => {
    const cell = table.rows[rowIndex]?.cells[index]
    const text = cell?.text ?? ''
    return holds(text, row[column.text], kept)
      ? []
      : [
          {
            place: cell?.place ?? column.place,
            subject: `row ${rowIndex + 1}, column ${column.text}`,
            expected: fillText(text, kept) || text,
            actual: valueText(row[column.text]),
          },
        ]
  })

const missingColumns = (table: TableTemplate, rows: readonly Row[]): readonly Mismatch[] => {
  const [first] = rows
  if (first === undefined) return []
  return table.columns
    .filter(({ text }) => !Object.hasOwn(first, text))
    .map(({ text, place }) => ({
      place,
      subject: `column ${text}`,
      expected: `a column ${text}`,
      actual: `columns ${Object.keys(first).join(', ')}`,
    }))
}

/**
 * What of the table under a statement its rows do not hold. Rows come in the statement's order where
 * it has an ORDER BY, else in any order; the result may have more columns than the table, never more
 * rows. Numbers are compared by value, an empty cell and `null` are NULL.
 *
 * @example
 * compareRows(statement, [{ payments: '1' }], kept) // []
 */
export const compareRows = (
  { expected: table, ordered }: Pick<SqlTemplate, 'expected' | 'ordered'>,
  rows: readonly Row[],
  kept: Kept,
): readonly Mismatch[] => {
  if (table === undefined) return []
  if (rows.length !== table.rows.length) {
    return [
      {
        place: table.place,
        subject: 'the number of rows',
        expected: String(table.rows.length),
        actual: rows.length === 0 ? '0' : `${rows.length}: ${shown(rows.slice(0, 5))}`,
      },
    ]
  }
  const missing = missingColumns(table, rows)
  if (missing.length > 0) return missing
  if (ordered || rows.length === 1)
    return rows.flatMap((row, index) => cellMismatches(table, index, row, kept))
  const left = [...rows]
  return table.rows.flatMap(({ cells, place }, index) => {
    const found = left.findIndex((row) => rowHolds(table.columns, cells, row, kept))
    if (found !== -1) {
      left.splice(found, 1)
      return []
    }
    const texts = cells.map(({ text }) => text).join(' | ')
    return [
      { place, subject: `row ${index + 1}`, expected: texts, actual: shown(left.slice(0, 5)) },
    ]
  })
}
