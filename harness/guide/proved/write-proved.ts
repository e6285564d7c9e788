import { provedBlocksIn, provedEnd, provedStart } from '../read/proved-blocks.ts'
import type { Guide, Scenario } from '../types.ts'
import type { ScenarioProof } from './proof.ts'

/** Bounds that times are rounded up to, so that a page does not change with every run. */
const bounds = [
  [50, '50 ms'],
  [100, '100 ms'],
  [250, '250 ms'],
  [500, '500 ms'],
  [1000, '1 s'],
  [2500, '2.5 s'],
  [5000, '5 s'],
  [10_000, '10 s'],
  [30_000, '30 s'],
  [60_000, '1 min'],
  [300_000, '5 min'],
] as const

/** A time that was written before stays as long as it is true and not ten times too long. */
const timeWords = (milliseconds: number | undefined, before: string | undefined): string => {
  if (milliseconds === undefined) return '-'
  const old = bounds.find(([, words]) => `within ${words}` === before)
  if (old !== undefined && milliseconds <= old[0] && milliseconds * 10 >= old[0])
    return `within ${old[1]}`
  const bound = bounds.find(([most]) => milliseconds <= most)
  return bound === undefined ? 'over 5 min' : `within ${bound[1]}`
}

const cells = (row: string): readonly string[] =>
  row
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim())

const width = (text: string): number => [...new Intl.Segmenter().segment(text)].length

const tableOf = (rows: readonly (readonly string[])[]): readonly string[] => {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => width(row[column] ?? ''))),
  )
  const line = (row: readonly string[], filling = ' '): string =>
    `| ${row.map((cell, column) => cell + filling.repeat((widths[column] ?? 0) - width(cell))).join(' | ')} |`
  const [head = [], ...others] = rows
  return [
    line(head),
    line(
      head.map(() => ''),
      '-',
    ),
    ...others.map((row) => line(row)),
  ]
}

const countWords = (name: string, { proved, all }: ScenarioProof['steps']): readonly string[] =>
  all === 0 ? [] : [`${proved} of ${all} ${name}${all === 1 ? '' : 's'}`]

const summary = ({ steps, drills }: ScenarioProof, date: string | undefined): string => {
  const on = date === undefined ? '' : `, on ${date}`
  return `**Proved**: ${[...countWords('step', steps), ...countWords('drill', drills)].join(' and ')}${on}.`
}

const linesOf = (
  proof: ScenarioProof,
  before: string,
  date: string | undefined,
): readonly string[] => {
  const old = new Map(before.split('\n').map((row) => [cells(row)[0], cells(row)] as const))
  const rows = proof.times.map(({ name, symptomMilliseconds, recoveryMilliseconds }) => {
    const title = name.replaceAll('|', '\\|')
    const [, symptom, recovery] = old.get(title) ?? []
    return [
      title,
      timeWords(symptomMilliseconds, symptom),
      timeWords(recoveryMilliseconds, recovery),
    ]
  })
  const table =
    rows.length === 0 ? [] : ['', ...tableOf([['Drill', 'Breaks', 'Holds again'], ...rows])]
  return [provedStart, '', summary(proof, date), ...table, '', provedEnd]
}

/** The line behind which a scenario's block goes: its last that is not blank, or a rule of the page. */
const lastWords = (lines: readonly string[], { lastLine, place }: Scenario): number => {
  let at = lastLine
  while (at > place.line && /^\s*(?:-{3,}|\*{3,})?\s*$/.test(lines[at - 1] ?? '')) at -= 1
  return at
}

/**
 * A page with what was proved of its scenarios written under each, in the place of what was written there
 * before; nothing else in it changes. A scenario of which nothing was proved has no block. `proofs` has
 * one for each scenario of the page.
 *
 * @example
 * await writeFile(file, withProved(text, guide, proofs))
 */
export const withProved = (
  text: string,
  { scenarios }: Guide,
  proofs: readonly (ScenarioProof | undefined)[],
  date?: string,
): string => {
  const newline = text.includes('\r\n') ? '\r\n' : '\n'
  const lines: (string | undefined)[] = text.split(/\r?\n/)
  const blocks = provedBlocksIn(text).map((block) => {
    const first = text.slice(0, block.at).split('\n').length
    return { text: block.text, first, last: first + block.text.split('\n').length - 1 }
  })
  const plain = lines.map((line = '', index) =>
    blocks.some(({ first, last }) => index + 1 >= first && index + 1 <= last) ? '' : line,
  )
  const added = new Map<number, readonly string[]>()
  for (const [index, scenario] of scenarios.entries()) {
    const own = blocks.filter(
      ({ first }) => first >= scenario.place.line && first <= scenario.lastLine,
    )
    const proof = proofs[index]
    for (const { first, last } of own) {
      // With the blank line above it, which was written with it.
      const from = lines[first - 2] === '' ? first - 1 : first
      lines.fill(undefined, from - 1, last)
    }
    if (proof === undefined || proof.steps.proved + proof.drills.proved === 0) continue
    const before = own.map((block) => block.text.replaceAll('\r', '')).join('\n')
    added.set(lastWords(plain, scenario), ['', ...linesOf(proof, before, date)])
  }
  return lines
    .flatMap((line, index) => [
      ...(line === undefined ? [] : [line]),
      ...(added.get(index + 1) ?? []),
    ])
    .join(newline)
}
