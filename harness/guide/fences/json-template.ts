import { parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser'
import type { Place } from '../../model/place.ts'
import { holesIn, wholeHole, type Hole } from './hole.ts'

/** JSON as a page writes it: values, and holes for values and within texts. */
export type JsonTemplate =
  | {
      readonly kind: 'object'
      readonly members: readonly { readonly name: string; readonly value: JsonTemplate }[]
      readonly place: Place
    }
  | { readonly kind: 'array'; readonly items: readonly JsonTemplate[]; readonly place: Place }
  | {
      readonly kind: 'value'
      readonly value: string | number | boolean | null
      readonly place: Place
    }
  | { readonly kind: 'text'; readonly text: string; readonly place: Place }
  | {
      readonly kind: 'hole'
      readonly hole: Hole
      /** It stood in quotation marks: in a request it becomes text. */
      readonly quoted: boolean
      readonly place: Place
    }

/** Where reading failed: an index into the text, and why. */
export interface JsonProblem {
  readonly index: number
  readonly reason: string
}

const open = '\uE000'
const close = '\uE001'
const depthMax = 64

/**
 * Puts quotation marks and private marks in place of the braces of holes outside of texts, so that
 * any JSON parser reads them. No character moves.
 */
const quotedHoles = (text: string): string => {
  const bare = new Set(holesIn(text).map(({ index }) => index))
  const lengths = new Map(holesIn(text).map(({ index, length }) => [index, length]))
  let out = ''
  let inText = false
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] ?? ''
    if (inText && character === '\\') {
      out += text.slice(index, index + 2)
      index += 1
      continue
    }
    if (character === '"') inText = !inText
    const length = lengths.get(index)
    if (!inText && bare.has(index) && length !== undefined) {
      out += `"${open}${text.slice(index + 2, index + length - 2)}${close}"`
      index += length - 1
      continue
    }
    out += character
  }
  return out
}

const templateOf = (node: Node, placeAt: (index: number) => Place, depth: number): JsonTemplate => {
  if (depth > depthMax) throw new RangeError(`deeper than ${depthMax} levels`)
  const place = placeAt(node.offset)
  if (node.type === 'object') {
    const members = (node.children ?? []).map((property) => {
      const [name, value] = property.children ?? []
      if (name === undefined || value === undefined)
        throw new RangeError('a member without a value')
      return { name: String(name.value), value: templateOf(value, placeAt, depth + 1) }
    })
    return { kind: 'object', members, place }
  }
  if (node.type === 'array') {
    const items = (node.children ?? []).map((item) => templateOf(item, placeAt, depth + 1))
    return { kind: 'array', items, place }
  }
  const value = node.value as string | number | boolean | null
  if (typeof value !== 'string') return { kind: 'value', value, place }
  const bare = value.startsWith(open) && value.endsWith(close)
  const hole = wholeHole(bare ? `{{${value.slice(1, -1)}}}` : value)
  if (hole !== undefined) return { kind: 'hole', hole, quoted: !bare, place }
  return holesIn(value).length > 0
    ? { kind: 'text', text: value, place }
    : { kind: 'value', value, place }
}

const reasons: Readonly<Record<string, string>> = {
  CommaExpected: 'a comma is missing before this',
  ColonExpected: 'a colon is missing before this',
  ValueExpected: 'a value is missing here',
  PropertyNameExpected: 'the name of a member, in quotation marks, is missing here',
  CloseBraceExpected: 'a closing brace } is missing',
  CloseBracketExpected: 'a closing bracket ] is missing',
  UnexpectedEndOfString: 'the closing quotation mark is missing',
  InvalidSymbol: 'this is no JSON value; texts stand in quotation marks',
  InvalidCommentToken: 'JSON has no comments',
  EndOfFileExpected: 'the JSON ends before this',
}

/**
 * Reads JSON with holes. `placeAt` tells where an index of the text stands in the page.
 *
 * @example
 * parseJsonTemplate('{ "id": {{new order}} }', placeAt)
 */
export const parseJsonTemplate = (
  text: string,
  placeAt: (index: number) => Place,
): { readonly root: JsonTemplate } | { readonly problem: JsonProblem } => {
  const errors: ParseError[] = []
  const tree = parseTree(quotedHoles(text), errors, {
    disallowComments: true,
    allowTrailingComma: false,
    allowEmptyContent: false,
  })
  const [error] = errors
  if (error !== undefined || tree === undefined) {
    const code = error === undefined ? 'ValueExpected' : printParseErrorCode(error.error)
    return { problem: { index: error?.offset ?? 0, reason: reasons[code] ?? code } }
  }
  try {
    return { root: templateOf(tree, placeAt, 0) }
  } catch (error) {
    if (error instanceof RangeError) return { problem: { index: 0, reason: error.message } }
    throw error
  }
}

/** All holes of JSON with holes, with their places. */
export const holesOfJson = (
  template: JsonTemplate,
): readonly { readonly hole: Hole; readonly place: Place }[] => {
  if (template.kind === 'object') return template.members.flatMap(({ value }) => holesOfJson(value))
  if (template.kind === 'array') return template.items.flatMap(holesOfJson)
  if (template.kind === 'hole') return [{ hole: template.hole, place: template.place }]
  return template.kind === 'text'
    ? holesIn(template.text).map(({ hole }) => ({ hole, place: template.place }))
    : []
}
