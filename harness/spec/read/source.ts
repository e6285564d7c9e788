import { parseTree, findNodeAtLocation, type Node as JsonNode } from 'jsonc-parser'
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Node,
  type Scalar,
} from 'yaml'
import { UserError } from '../../model/user-error.ts'
import type { Place } from '../../model/place.ts'
import type { JsonValue } from '../json.ts'
import { pointerOf } from '../pointer.ts'

/** Nested deeper than this, a document is not read: what walks it would run out of stack. */
const depthMax = 400

/** One file of a document: its value, and the place of everything in it. */
export interface Source {
  /** Relative to the project's root, with forward slashes. */
  readonly file: string
  readonly value: JsonValue
  /** The place of the nearest thing that exists at or above these segments. */
  locate(segments: readonly string[]): Place
}

const tooDeep = (file: string): UserError =>
  new UserError({
    problem: `It is nested more than ${depthMax} levels deep.`,
    place: { file },
    fix: 'name the inner parts under components and refer to them',
  })

const checkDepth = (value: JsonValue, file: string, depth = 0): void => {
  if (depth > depthMax) throw tooDeep(file)
  if (typeof value !== 'object' || value === null) return
  for (const child of Object.values(value)) checkDepth(child, file, depth + 1)
}

/** A key as text: a merge key is a symbol, and a status a number. */
const keyText = ({ value }: Scalar): string =>
  typeof value === 'symbol' ? (value.description ?? '') : String(value)

const yamlChild = (node: Node, segment: string, document: Document): Node | undefined => {
  const target = isAlias(node) ? node.resolve(document) : node
  if (isSeq(target)) return target.items[Number(segment)] as Node | undefined
  if (!isMap(target)) return undefined
  const pair = target.items.find(({ key }) => isScalar(key) && keyText(key) === segment)
  if (pair !== undefined) return (pair.value ?? pair.key) as Node
  for (const { key, value } of target.items) {
    if (!isScalar(key) || keyText(key) !== '<<') continue
    const merged = isSeq(value) ? (value.items as Node[]) : [value as Node]
    for (const source of merged) {
      const found = yamlChild(source, segment, document)
      if (found !== undefined) return found
    }
  }
  return undefined
}

const yamlKey = (node: Node, segment: string, document: Document): Node | undefined => {
  const target = isAlias(node) ? node.resolve(document) : node
  if (!isMap(target)) return undefined
  return target.items.find(({ key }) => isScalar(key) && keyText(key) === segment)?.key as
    Node | undefined
}

const parseYaml = (text: string, file: string): Source => {
  const lines = new LineCounter()
  const document = parseDocument(text, { merge: true, lineCounter: lines, prettyErrors: false })
  const placeOf = (offset: number, pointer?: string): Place => {
    const { line, col } = lines.linePos(offset)
    return { file, line, column: col, ...(pointer === undefined ? {} : { pointer }) }
  }
  const [error] = document.errors
  if (error?.message.includes('call stack') === true) throw tooDeep(file)
  if (error !== undefined) {
    throw new UserError({
      problem: `This is no YAML: ${error.message}.`,
      place: placeOf(error.pos[0]),
    })
  }
  let value: JsonValue
  try {
    value = document.toJS() as JsonValue
  } catch (cause) {
    throw new UserError({
      problem: `The aliases in it cannot be followed: ${(cause as Error).message}.`,
      place: { file },
    })
  }
  const locate = (segments: readonly string[]): Place => {
    let node = document.contents as Node | null
    let offset = node?.range?.[0] ?? 0
    let depth = 0
    for (const segment of segments) {
      const child: Node | undefined = node === null ? undefined : yamlChild(node, segment, document)
      if (child === undefined || node === null) break
      // The key says what the thing is; a value may begin a line later.
      offset = (yamlKey(node, segment, document) ?? child).range?.[0] ?? offset
      node = child
      depth += 1
    }
    return placeOf(offset, pointerOf(segments.slice(0, depth)))
  }
  return { file, value, locate }
}

const lineStarts = (text: string): readonly number[] => {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

/** The line, from 1, whose start is the last one not after the offset. */
const lineOf = (starts: readonly number[], offset: number): number => {
  let low = 0
  let high = starts.length
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle
  }
  return low + 1
}

const parseJson = (text: string, file: string, value: JsonValue): Source => {
  let parsed: { tree: JsonNode | undefined; starts: readonly number[] } | undefined
  const locate = (segments: readonly string[]): Place => {
    parsed ??= { tree: parseTree(text), starts: lineStarts(text) }
    let node = parsed.tree
    let depth = 0
    for (const segment of segments) {
      const key: string | number = node?.type === 'array' ? Number(segment) : segment
      const child: JsonNode | undefined =
        node === undefined ? undefined : findNodeAtLocation(node, [key])
      if (child === undefined) break
      node = child
      depth += 1
    }
    const property = node?.parent?.type === 'property' ? node.parent : node
    const offset = property?.offset ?? 0
    const line = lineOf(parsed.starts, offset)
    const column = offset - (parsed.starts[line - 1] ?? 0) + 1
    return { file, line, column, pointer: pointerOf(segments.slice(0, depth)) }
  }
  return { file, value, locate }
}

/**
 * Parses YAML or JSON and keeps the place of everything in it. Throws `UserError` for text that is
 * neither, for aliases that multiply without end, and for what is nested too deeply.
 */
export const parseSource = (text: string, file: string): Source => {
  const plain = text.startsWith('\uFEFF') ? text.slice(1) : text
  let source: Source | undefined
  if (/^\s*[{[]/.test(plain)) {
    try {
      source = parseJson(plain, file, JSON.parse(plain) as JsonValue)
    } catch {
      // Not JSON: YAML has brackets too, and says where it is wrong.
    }
  }
  try {
    source ??= parseYaml(plain, file)
    checkDepth(source.value, file)
    return source
  } catch (error) {
    throw error instanceof RangeError ? tooDeep(file) : error
  }
}
