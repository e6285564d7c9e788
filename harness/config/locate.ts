import { parseAst } from 'vite'

interface Node {
  readonly type: string
  readonly start: number
  readonly [key: string]: unknown
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof Reflect.get(value, 'type') === 'string'

const childNodes = (node: Node): readonly Node[] =>
  Object.values(node).flatMap((value) =>
    Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : [],
  )

const keyOf = (property: Node): string | undefined => {
  const key = property['key']
  if (!isNode(key)) return undefined
  const name = key['name'] ?? key['value']
  return typeof name === 'string' || typeof name === 'number' ? String(name) : undefined
}

/** The object or array that an expression stands for: calls such as `postgres({…})` are looked through. */
const literalUnder = (node: Node): Node | undefined => {
  if (node.type === 'ObjectExpression' || node.type === 'ArrayExpression') return node
  if (node.type === 'CallExpression') {
    const [first] = Array.isArray(node['arguments']) ? node['arguments'] : []
    return isNode(first) ? literalUnder(first) : undefined
  }
  const inner = node['expression'] ?? node['declaration']
  return isNode(inner) ? literalUnder(inner) : undefined
}

const step = (node: Node, segment: string | number): Node | undefined => {
  const literal = literalUnder(node)
  const members = literal?.['properties'] ?? literal?.['elements']
  if (!Array.isArray(members)) return undefined
  if (typeof segment === 'number') return isNode(members[segment]) ? members[segment] : undefined
  return members.filter(isNode).find((property) => keyOf(property) === segment)
}

const valueOf = (node: Node): Node => {
  const value = node.type === 'Property' ? node['value'] : undefined
  return isNode(value) ? value : node
}

const defaultExport = (program: Node): Node | undefined =>
  childNodes(program).find(({ type }) => type === 'ExportDefaultDeclaration')

const declared = (program: Node, name: unknown): Node | undefined =>
  childNodes(program)
    .flatMap((statement) => [statement, ...childNodes(statement)])
    .filter(({ type }) => type === 'VariableDeclaration')
    .flatMap(childNodes)
    .find(({ id }) => isNode(id) && id['name'] === name)

/** What is exported: a name stands for the variable that has it. */
const exported = (program: Node): Node | undefined => {
  const node = defaultExport(program)
  const declaration = node?.['declaration']
  if (!isNode(declaration) || declaration.type !== 'Identifier') return node
  const init = declared(program, declaration['name'])?.['init']
  return isNode(init) ? init : node
}

/**
 * Where in the source of a module a key of its default export stands: line and column from 1, of the
 * deepest part of `path` that is written as a literal there. `undefined` where the source cannot be
 * parsed.
 *
 * @example
 * locateInDefaultExport('export default { runtime: "x" }', ['runtime']) // { line: 1, column: 18 }
 */
export const locateInDefaultExport = (
  source: string,
  path: readonly (string | number)[],
): { readonly line: number; readonly column: number } | undefined => {
  let program: Node
  try {
    program = parseAst(source, { lang: 'ts' }) as unknown as Node
  } catch {
    return undefined
  }
  let node = exported(program)
  if (node === undefined) return undefined
  for (const segment of path) {
    const next: Node | undefined = step(valueOf(node), segment)
    if (next === undefined) break
    node = next
  }
  const before = source.slice(0, node.start).split('\n')
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 }
}
