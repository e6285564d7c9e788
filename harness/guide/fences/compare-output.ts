import type { Mismatch } from './compare-json.ts'
import { shown } from './compare-json.ts'
import { fitsText, type Kept } from './hole.ts'
import type { OutputLine } from './sh.ts'

const anyLines = ({ text }: OutputLine): boolean => text.trim() === '...'

/** How far the expected lines fit from some place on; all of them: the names that they kept. */
const fit = (
  expected: readonly OutputLine[],
  actual: readonly string[],
  kept: Kept,
): { readonly reached: number; readonly kept?: Kept } => {
  const [first, ...rest] = expected
  if (first === undefined) return { reached: 0, ...(actual.length === 0 ? { kept } : {}) }
  if (anyLines(first)) {
    let best = 0
    for (let skipped = 0; skipped <= actual.length; skipped += 1) {
      const tried = fit(rest, actual.slice(skipped), kept)
      if (tried.kept !== undefined) return { reached: tried.reached + 1, kept: tried.kept }
      best = Math.max(best, tried.reached)
    }
    return { reached: best + 1 }
  }
  const [line] = actual
  const own = new Map(kept)
  if (line === undefined || !fitsText(first.text.trimEnd(), line.trimEnd(), own))
    return { reached: 0 }
  const tried = fit(rest, actual.slice(1), own)
  return { ...tried, reached: tried.reached + 1 }
}

/**
 * What a command should have printed and did not: the first line that does not fit. `...` stands for
 * any number of lines; new names are kept.
 *
 * @example
 * compareOutput([{ text: 'pod/orders {{any}}', place }], 'pod/orders Running\n', kept) // []
 */
export const compareOutput = (
  expected: readonly OutputLine[],
  output: string,
  kept: Kept,
): readonly Mismatch[] => {
  const actual = output.replace(/\s+$/, '').split(/\r?\n/)
  const lines = output.trim() === '' ? [] : actual
  const { reached, kept: own } = fit(expected, lines, kept)
  if (own !== undefined) {
    for (const [name, value] of own) kept.set(name, value)
    return []
  }
  const wrong = expected[Math.min(reached, expected.length - 1)]
  if (wrong === undefined) return []
  const beyond = reached >= expected.length
  return [
    {
      place: wrong.place,
      subject: 'the output',
      expected: beyond ? `no line after "${wrong.text}"` : wrong.text,
      actual: lines.length === 0 ? 'nothing' : shown(lines.join('\n')),
    },
  ]
}
