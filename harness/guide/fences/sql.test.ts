import { describe, expect, test } from 'vitest'
import { compareRows } from './compare-rows.ts'
import type { Kept } from './hole.ts'
import { parseSql, type TableTemplate } from './sql.ts'

const parse = (text: string) =>
  parseSql({ file: 'g.md', line: 5, column: 1, lines: text.split('\n') })
const statement = (text: string) => {
  const parsed = parse(text)
  if ('problem' in parsed) throw new Error(parsed.problem.problem)
  return parsed.statement
}

describe('statements', () => {
  test('[sql-bound] bind their names, each on its own', () => {
    expect(statement('SELECT 1 FROM o\nWHERE a = {{order}} AND b = {{ order }};')).toMatchObject({
      text: 'SELECT 1 FROM o\nWHERE a = $1 AND b = $2',
      names: [
        { name: 'order', place: { line: 6, column: 11 } },
        { name: 'order', place: { line: 6, column: 29 } },
      ],
    })
  })

  test.each([
    ["SELECT ';' -- {{x}}; and\n", ''],
    ['SELECT $$a; b$$ ;  -- done', ''],
    ['SELECT 1; SELECT 2', '5:11 a second statement begins here'],
    ["SELECT 1; 'x'", '5:11 a second statement begins here'],
    ["SELECT '{{order}}'", '5:9 a name stands within quotation marks'],
    ['SELECT {{any}}', '5:8 a statement can only send what is known'],
    ['  ', '5:1 this sql fence is empty'],
  ])('[sql-one] %j', (text, expected) => {
    const parsed = parse(text)
    const said =
      'problem' in parsed
        ? `${parsed.problem.place.line}:${parsed.problem.place.column} ${parsed.problem.problem}`
        : ''
    expect(said).toBe(expected)
  })

  test('[sql-one] name their database on the first line of the fence', () => {
    const parsed = parseSql({ file: 'g.md', line: 1, column: 1, lines: ['SELECT 1'] }, 'archive')
    expect(parsed).toMatchObject({ statement: { database: 'archive' } })
  })

  test('[sql-table] say whether they order their rows', () => {
    expect(statement('SELECT a FROM t ORDER  BY a').ordered).toBe(true)
    expect(statement("SELECT 'order by' FROM t -- order by a").ordered).toBe(false)
  })
})

const cells = (line: number, texts: readonly string[]) =>
  texts.map((text, index) => ({ text, place: { file: 'g.md', line, column: 3 + index } }))

const table = (
  columns: readonly string[],
  ...rows: readonly (readonly string[])[]
): TableTemplate => {
  return {
    place: { file: 'g.md', line: 8 },
    columns: cells(8, columns),
    rows: rows.map((texts, index) => ({
      place: { file: 'g.md', line: 10 + index },
      cells: cells(10 + index, texts),
    })),
  }
}

const compare = (
  expected: TableTemplate,
  rows: readonly Record<string, unknown>[],
  ordered = false,
  kept: Kept = new Map(),
) =>
  compareRows({ expected, ordered }, rows, kept).map(
    ({ subject, place, expected: wanted, actual }) =>
      `${subject} @${place.line} ${wanted} | ${actual}`,
  )

describe('[sql-values] a cell', () => {
  test.each<[string, unknown]>([
    ['1', '1'],
    ['1', 1],
    ['1.50', '1.5'],
    ['9007199254740993', '9007199254740993'],
    ['007', '7'],
    ['', null],
    ['NULL', null],
    ['true', true],
    ['f', false],
    ['2026-01-02T03:04:05Z', new Date('2026-01-02T03:04:05Z')],
    ['{"a": [1]}', { a: [1] }],
    ['{{any}}', 'x'],
    ['o-{{any}}', 'o-1'],
    ['open', 'open'],
  ])('%j holds %j', (text, value) => {
    expect(compare(table(['a'], [text]), [{ a: value }])).toEqual([])
  })

  test.each<[string, unknown]>([
    ['1', '2'],
    ['9007199254740993', '9007199254740992'],
    ['-1', '1'],
    ['', ''.padEnd(1)],
    ['x', null],
    ['true', false],
    ['yes', true],
    ['{{any}}', null],
    ['{"a": 2}', { a: 1 }],
    ['2026-01-02', new Date('2026-01-03')],
  ])('%j does not hold %j', (text, value) => {
    expect(compare(table(['a'], [text]), [{ a: value }])).toHaveLength(1)
  })
})

describe('[sql-table] rows', () => {
  const both = table(['a', 'b'], ['1', 'x'], ['2', 'y'])

  test('come in any order without an ORDER BY, and in theirs with one', () => {
    const rows = [
      { a: 2, b: 'y' },
      { a: 1, b: 'x' },
    ]
    expect(compare(both, rows)).toEqual([])
    expect(compare(both, rows, true)).toHaveLength(4)
  })

  test('may have more columns, and must have these', () => {
    expect(compare(table(['a'], ['1']), [{ a: 1, z: 2 }])).toEqual([])
    expect(compare(table(['b'], ['1']), [{ a: 1 }])).toEqual(['column b @8 a column b | columns a'])
  })

  test('must be as many', () => {
    expect(compare(both, [])).toEqual(['the number of rows @8 2 | 0'])
    expect(compare(table(['a']), [])).toEqual([])
    expect(compare(table(['a']), [{ a: 1 }])[0]).toMatch(/^the number of rows @8 0 \| 1/)
  })

  test('say which of them is missing, and which cell differs', () => {
    expect(
      compare(both, [
        { a: 1, b: 'x' },
        { a: 3, b: 'y' },
      ]),
    ).toEqual(['row 2 @11 2 | y | [{"a":3,"b":"y"}]'])
    expect(compare(table(['a', 'b'], ['1', 'x']), [{ a: 1, b: 'z' }])).toEqual([
      'row 1, column b @10 x | z',
    ])
  })

  test('keep and use names', () => {
    const kept: Kept = new Map([['order', 'o-1']])
    expect(
      compare(table(['id', 'n'], ['{{order}}', '{{new n}}']), [{ id: 'o-1', n: 4 }], false, kept),
    ).toEqual([])
    expect(kept.get('n')).toBe(4)
  })
})
