import type { Code, Table } from 'mdast'
import type { Place } from '../../model/place.ts'
import type { UserErrorParts } from '../../model/user-error.ts'
import { parseHttp } from '../fences/http.ts'
import type { FenceText } from '../fences/line-text.ts'
import { parseSh } from '../fences/sh.ts'
import { parseSql, type TableTemplate } from '../fences/sql.ts'
import type { Fence } from '../types.ts'
import type { Source } from './source.ts'

const languages: Readonly<Record<string, 'http' | 'sql' | 'ts' | 'sh'>> = {
  http: 'http',
  sql: 'sql',
  postgresql: 'sql',
  ts: 'ts',
  typescript: 'ts',
  sh: 'sh',
  bash: 'sh',
  shell: 'sh',
  console: 'sh',
}

/** A fence, and what is wrong with it. */
export interface ReadFence {
  readonly fence: Fence
  readonly problem?: UserErrorParts & { readonly place: Place }
}

const closes = (line: string): boolean => /^[\s>]*(?:`{3,}|~{3,})\s*$/.test(line)

/**
 * Reads one fence of a page. Languages without a meaning here are samples.
 *
 * @example
 * readFence(source, code).fence.language // 'http'
 */
export const readFence = (source: Source, code: Code): ReadFence => {
  const start = code.position?.start ?? { line: 1, column: 1 }
  const lastLine = code.position?.end.line ?? start.line
  const place = { file: source.file, line: start.line, column: start.column }
  const frame = { place, lastLine }
  const language = languages[(code.lang ?? '').toLowerCase()]
  if (language === undefined) return { fence: { ...frame, language: 'sample' } }
  if (lastLine === start.line || !closes(source.lines[lastLine - 1] ?? '')) {
    const problem = {
      problem: 'this fence is never closed',
      place,
      expected: 'a line of three backticks at its end',
    }
    return { fence: { ...frame, language: 'broken' }, problem }
  }
  const text: FenceText = {
    file: source.file,
    line: start.line + 1,
    column: start.column,
    lines: code.value.split(/\r?\n/),
  }
  if (language === 'ts')
    return { fence: { ...frame, language, lines: source.lines.slice(start.line, lastLine - 1) } }
  const read =
    language === 'sh'
      ? parseSh(text)
      : language === 'http'
        ? parseHttp(text)
        : parseSql(text, code.meta?.split(/\s+/)[0])
  if ('problem' in read) return { fence: { ...frame, language: 'broken' }, problem: read.problem }
  if ('commands' in read) return { fence: { ...frame, language: 'sh', commands: read.commands } }
  return 'exchanges' in read
    ? { fence: { ...frame, language: 'http', exchanges: read.exchanges } }
    : { fence: { ...frame, language: 'sql', statement: read.statement } }
}

/** Reads the table under a `sql` fence: its head names columns, each further line is a row. */
export const readTable = (source: Source, table: Table): TableTemplate => {
  const placeOf = (node: { readonly position?: Table['position'] }): Place =>
    source.placeAt(node.position?.start.offset ?? 0)
  const [head, ...rows] = table.children.map((row) => ({
    place: placeOf(row),
    cells: row.children.map((cell) => {
      const [first, last] = [cell.children[0], cell.children.at(-1)]
      const words = source.words(
        first?.position?.start.offset ?? 0,
        last?.position?.end.offset ?? 0,
      )
      const text = words.text.replace(/^`([^`]*)`$/, '$1').replaceAll(String.raw`\|`, '|')
      return first === undefined ? { text: '', place: placeOf(cell) } : { text, place: words.place }
    }),
  }))
  return { place: placeOf(table), columns: head?.cells ?? [], rows }
}
