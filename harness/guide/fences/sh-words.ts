import type { FenceProblem } from './line-text.ts'

/** A part of a word: text as it stands, or a variable of the command's environment. */
type WordPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string }

/** One word of a command line, quotation marks taken away. It stays one word whatever is filled in. */
export type CommandWord = readonly WordPart[]

type Unplaced = Omit<FenceProblem, 'place'>

/** What a shell would act on; here it would be pasted into an argument unseen. */
const refused: Readonly<Record<string, string>> = {
  '|': 'a pipe',
  '&': 'a command in the background',
  ';': 'a second command in one line',
  '<': 'a redirection',
  '>': 'a redirection',
  '(': 'a subshell',
  ')': 'a subshell',
  '`': 'a command within a command',
  '*': 'a pattern of file names',
  '?': 'a pattern of file names',
}

const shellOnly = (what: string): Unplaced => ({
  problem: `${what} needs a shell, and none is started`,
  expected: 'one program and its arguments; quotation marks, \\ and $NAME are understood',
  fix: 'put the text into quotation marks, or let a stand-in do all of it',
})

const variable = /^\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})/

/**
 * Parts a command line into words: quotation marks, backslashes and `$NAME` as in a POSIX shell (XCU
 * 2.2 and 2.6.2), and nothing else of one. Whatever only a shell could do is a problem.
 *
 * @example
 * readWords('kubectl set env deploy/orders KEY="$NEW_KEY"') // words: [['kubectl'], ['set'], …]
 */
export const readWords = (
  line: string,
):
  | { readonly words: readonly CommandWord[] }
  | { readonly problem: Unplaced; readonly index: number } => {
  const words: WordPart[][] = []
  let word: WordPart[] | undefined
  const add = (part: WordPart): void => {
    word ??= []
    const last = word.at(-1)
    if (part.kind === 'text' && last?.kind === 'text')
      word[word.length - 1] = { kind: 'text', text: last.text + part.text }
    else word.push(part)
  }
  const text = (value: string): void => add({ kind: 'text', text: value })
  const close = (): void => {
    if (word !== undefined) words.push(word)
    word = undefined
  }
  let quoted: '"' | undefined
  for (let index = 0; index < line.length;) {
    const character = line[index] ?? ''
    const name = variable.exec(line.slice(index))
    const hole = /^\{\{[^}]*\}\}/.exec(line.slice(index))?.[0]
    if (hole !== undefined) {
      text(hole)
      index += hole.length
    } else if (character === '$' && name !== null) {
      add({ kind: 'variable', name: name[1] ?? name[2] ?? '' })
      index += name[0].length
    } else if (character === '$' && line[index + 1] === '(')
      return { problem: shellOnly('a command within a command'), index }
    else if (character === '\\') {
      // Within quotation marks a backslash stays before everything that it has no meaning for.
      const next = line[index + 1] ?? ''
      text(quoted === undefined || '$`"\\'.includes(next) ? next : `\\${next}`)
      index += 2
    } else if (character === '"') {
      text('')
      quoted = quoted === undefined ? '"' : undefined
      index += 1
    } else if (quoted !== undefined && character !== '`') {
      text(character)
      index += 1
    } else if (character === "'") {
      const end = line.indexOf("'", index + 1)
      if (end === -1) return { problem: { problem: 'this quotation mark is never closed' }, index }
      text(line.slice(index + 1, end))
      index = end + 1
    } else if (/\s/.test(character)) {
      close()
      index += 1
    } else if (character === '#' && word === undefined) break
    else if (Object.hasOwn(refused, character))
      return { problem: shellOnly(refused[character] ?? character), index }
    else {
      text(character)
      index += 1
    }
  }
  if (quoted !== undefined)
    return {
      problem: { problem: 'this quotation mark is never closed' },
      index: line.lastIndexOf('"'),
    }
  close()
  if (words.length > 0) return { words }
  return {
    problem: { problem: 'a prompt without a command', expected: 'a program and its arguments' },
    index: 0,
  }
}

/** The text of a word as far as the page alone says it; `undefined` where a variable stands in it. */
export const literalOf = (word: CommandWord): string | undefined =>
  word.every((part) => part.kind === 'text')
    ? word.map((part) => (part.kind === 'text' ? part.text : '')).join('')
    : undefined
