import type { Place } from '../../model/place.ts'
import { holesIn } from './hole.ts'
import { placeIn, type FenceProblem, type FenceText } from './line-text.ts'
import { readWords, type CommandWord } from './sh-words.ts'

/** A line that a command must print, or `...` for any number of lines. */
export interface OutputLine {
  readonly text: string
  readonly place: Place
}

/** One command of an `sh` fence. */
export interface CommandTemplate {
  readonly place: Place
  /** As it is written, without the prompt. */
  readonly text: string
  readonly words: readonly CommandWord[]
  /** What it must print; absent: anything. */
  readonly expected?: readonly OutputLine[]
  /** The exit status that it must have. */
  readonly exit: number
  /** Whether the page itself says so. */
  readonly saysExit: boolean
}

const prompt = /^\$ (.*)$/
const exitLine = /^#\s*exit\s+(\d{1,3})\s*$/
const trailingExit = /\s+#\s*exit\s+(\d{1,3})\s*$/

interface Written {
  readonly place: Place
  readonly text: string
  readonly output: OutputLine[]
}

/** Lines that end in a backslash go on in the next. */
const joined = (
  fence: FenceText,
  first: number,
): { readonly text: string; readonly next: number } => {
  let text = prompt.exec(fence.lines[first] ?? '')?.[1] ?? ''
  let next = first + 1
  while (/\\\s*$/.test(text) && next < fence.lines.length) {
    text = `${text.replace(/\s*\\\s*$/, '')} ${(fence.lines[next] ?? '').trim()}`
    next += 1
  }
  return { text, next }
}

const written = (fence: FenceText): readonly Written[] | FenceProblem => {
  const all: Written[] = []
  for (let index = 0; index < fence.lines.length;) {
    const line = fence.lines[index] ?? ''
    if (prompt.test(line)) {
      const { text, next } = joined(fence, index)
      all.push({ place: placeIn(fence, index), text, output: [] })
      index = next
      continue
    }
    const last = all.at(-1)
    if (last !== undefined) last.output.push({ text: line, place: placeIn(fence, index) })
    else if (line.trim() !== '' && !line.trimStart().startsWith('#'))
      return {
        problem: `this line stands above the first command: ${line.trim()}`,
        place: placeIn(fence, index),
        expected: 'commands that begin with "$ ", and below each what it prints',
        fix: `write "$ ${line.trim()}" if it is a command`,
      }
    index += 1
  }
  return all
}

const trimmed = (output: readonly OutputLine[]): readonly OutputLine[] => {
  const end = output.findLastIndex(({ text }) => text.trim() !== '')
  return output.slice(0, end + 1)
}

const commandOf = ({ place, text, output }: Written): CommandTemplate | FenceProblem => {
  const inLine = trailingExit.exec(text)
  const line = output.find((candidate) => exitLine.test(candidate.text))
  const exit = inLine?.[1] ?? (line === undefined ? undefined : exitLine.exec(line.text)?.[1])
  const plain = text.replace(trailingExit, '')
  const wrong = holesIn(plain).find(({ hole }) => hole.kind !== 'use')
  const at = (index: number): Place => ({ ...place, column: (place.column ?? 1) + 2 + index })
  if (wrong !== undefined)
    return {
      problem: 'a command can only be given what is known',
      place: at(wrong.index),
      expected: '{{name}} with a name that was kept above',
      fix: 'use {{any}} and {{new name}} in the lines below the command only',
    }
  const read = readWords(plain)
  if ('problem' in read) return { ...read.problem, place: at(read.index) }
  const expected = trimmed(output.filter((candidate) => candidate !== line))
  return {
    place,
    text: plain,
    words: read.words,
    ...(expected.length === 0 ? {} : { expected }),
    exit: Number(exit ?? 0),
    saysExit: exit !== undefined,
  }
}

/**
 * Reads an `sh` fence: lines that begin with `$ ` are commands, the lines below each what it prints,
 * `...` any number of lines, `# exit 3` its exit status.
 *
 * @example
 * parseSh({ file, line: 30, column: 1, lines: ['$ kubectl get pods', '...'] })
 */
export const parseSh = (
  fence: FenceText,
): { readonly commands: readonly CommandTemplate[] } | { readonly problem: FenceProblem } => {
  const all = written(fence)
  if ('problem' in all) return { problem: all }
  const commands: CommandTemplate[] = []
  for (const one of all) {
    const command = commandOf(one)
    if ('problem' in command) return { problem: command }
    commands.push(command)
  }
  if (commands.length > 0) return { commands }
  return {
    problem: {
      problem: 'no line of this fence is a command',
      place: placeIn(fence, 0),
      expected: 'commands that begin with "$ "',
      fix: 'write "$ " before each command',
    },
  }
}
