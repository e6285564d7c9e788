import { parseTree, type Node } from 'jsonc-parser'
import type { Place } from '../model/place.ts'

/** A JSON text with the tree of its nodes, which know their offsets. */
export interface JsonText {
  readonly text: string
  readonly root: Node
}

/**
 * The tree of a JSON text that is known to be valid.
 *
 * @example
 * member(parsedJson('{"a": 1}').root, 'a')?.value // 1
 */
export const parsedJson = (text: string): JsonText => {
  const root = parseTree(text, [], { disallowComments: true })
  if (root === undefined) throw new Error('an empty text is not JSON')
  return { text, root }
}

/**
 * The value of an object's member, or of an array's element; of repeated keys the last, as every
 * JSON parser but jsonc-parser's own search has it.
 */
export const member = (node: Node | undefined, key: string | number): Node | undefined => {
  if (typeof key === 'number') return node?.type === 'array' ? node.children?.[key] : undefined
  if (node?.type !== 'object') return undefined
  return node.children?.findLast(({ children }) => children?.[0]?.value === key)?.children?.[1]
}

/** Follows members from a node down; `undefined` where one of them is missing. */
export const at = (
  node: Node | undefined,
  ...keys: readonly (string | number)[]
): Node | undefined =>
  keys.reduce<Node | undefined>((found, key) => (found ? member(found, key) : undefined), node)

/** The members of an object with their values, in the order of the text; of anything else none. */
export const membersOf = (node: Node | undefined): readonly (readonly [string, Node])[] =>
  node?.type === 'object'
    ? (node.children ?? []).flatMap(({ children }) => {
        const [key, value] = children ?? []
        return key && value ? [[String(key.value), value] as const] : []
      })
    : []

/** A JSON Pointer (RFC 6901) of these keys. */
const pointerOf = (keys: readonly (string | number)[]): string =>
  keys.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** The JSON Pointer of a node, from the root of its tree. */
export const nodePointer = (node: Node): string => {
  const keys: (string | number)[] = []
  for (let child = node, parent = node.parent; parent; child = parent, parent = parent.parent) {
    if (parent.type === 'property') keys.push(String(parent.children?.[0]?.value))
    if (parent.type === 'array') keys.push(parent.children?.indexOf(child) ?? 0)
  }
  return pointerOf(keys.toReversed())
}

/** Where the member that holds a value begins: its key; elements and the root begin at themselves. */
export const startOf = (node: Node): number =>
  node.parent?.type === 'property' ? node.parent.offset : node.offset

/**
 * Line and column, from 1, of an offset in a text. Lines end as editors count them: `\n`, `\r\n`
 * or `\r`.
 *
 * @example
 * lineAndColumn('a\nbc', 3) // { line: 2, column: 2 }
 */
export const lineAndColumn = (text: string, offset: number): { line: number; column: number } => {
  let line = 1
  let start = 0
  for (let index = 0; index < offset; index += 1) {
    const code = text.charCodeAt(index)
    if (code === 10 || (code === 13 && text.charCodeAt(index + 1) !== 10)) {
      line += 1
      start = index + 1
    }
  }
  return { line, column: offset - start + 1 }
}

/**
 * The place of an offset in a part of a file, given where that part begins in the file.
 *
 * @example
 * placeWithin({ file: 'a.json', line: 10, column: 5 }, '{\n "a": 1 }', 3) // line 11, column 2
 */
export const placeWithin = (origin: Place, text: string, offset: number): Place => {
  const { line, column } = lineAndColumn(text, offset)
  return {
    file: origin.file,
    line: origin.line + line - 1,
    column: line === 1 ? (origin.column ?? 1) + column - 1 : column,
  }
}
