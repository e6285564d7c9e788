/** A place in a text, counted from 1. */
export interface LineAndColumn {
  readonly line: number
  readonly column: number
}

/**
 * The index in a JavaScript text of the character that PostgreSQL calls the n-th. It counts from 1,
 * and a character beyond the Basic Multilingual Plane is one to it, where it is two to JavaScript.
 *
 * @example
 * indexOfCharacter('SELECT 1;', 8) // 7
 */
export const indexOfCharacter = (text: string, position: number): number => {
  let index = 0
  for (let counted = 1; counted < position && index < text.length; counted += 1)
    index += (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1
  return index
}

/**
 * The line and column at an index of a text.
 *
 * @example
 * placeAt('SELECT 1;\nSELEC 2;', 10) // { line: 2, column: 1 }
 */
export const placeAt = (text: string, index: number): LineAndColumn => {
  const before = text.slice(0, index).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

/** What is passed over as one piece: comments, quoted text, quoted names. */
const patterns = [
  /--[^\n]*/y,
  /\$([A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$[\s\S]*?\$\1\$/y,
  /[eE]'(?:[^'\\]|\\[\s\S]|'')*'/y,
  /'(?:[^']|'')*'/y,
  /"(?:[^"]|"")*"/y,
  /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y,
]

/** Block comments nest in SQL. */
const endOfComment = (text: string, start: number): number => {
  let depth = 0
  for (let index = start; index < text.length; index += 1) {
    const pair = text.slice(index, index + 2)
    if (pair !== '/*' && pair !== '*/') continue
    depth += pair === '/*' ? 1 : -1
    index += 1
    if (depth === 0) return index + 1
  }
  return text.length
}

const endOfPiece = (text: string, index: number): number => {
  if (text.startsWith('/*', index)) return endOfComment(text, index)
  // The escape string first: its prefix would be taken for a name.
  for (const pattern of patterns) {
    pattern.lastIndex = index
    const match = pattern.exec(text)
    if (match !== null) return index + match[0].length
  }
  return index + 1
}

const isBlank = (text: string, index: number): boolean =>
  /\s/.test(text.charAt(index)) || text.startsWith('--', index) || text.startsWith('/*', index)

/**
 * The index at which each statement of a script begins, empty ones left out, as the server counts
 * them. Good enough to say where a statement stands, not to run it: bodies written `BEGIN ATOMIC`
 * are not told apart.
 *
 * @example
 * statementStarts("SELECT ';';\nSELECT 2;") // [0, 12]
 */
export const statementStarts = (text: string): readonly number[] => {
  const starts: number[] = []
  let open = false
  for (let index = 0; index < text.length;) {
    const next = endOfPiece(text, index)
    if (text.charAt(index) === ';') open = false
    else if (!open && !isBlank(text, index)) {
      starts.push(index)
      open = true
    }
    index = next
  }
  return starts
}
