import { arrayOr, isObject, shown } from '../json.ts'
import { below, resolved } from '../pointer.ts'
import type { Operation, Spec } from '../types.ts'
import { isAssertion } from './assertions.ts'
import type { Catalogue, CoverageItem, CoverageKind } from './item.ts'
import { branching, subschemas } from './subschemas.ts'

/** Parts of a document beyond these are not counted: a hostile one would fill the disk. */
const itemsMax = 200_000

type Side = 'request' | 'response'

/** The catalogue, and where in it an item is found. */
export interface Indexed {
  readonly catalogue: Catalogue
  /** Index of something of an operation's own: `200`, `query page`, `200 application/json`. */
  ofOperation(kind: CoverageKind, operation: number, key: string): number | undefined
  /** Index of a rule or an enum member, by where it is written. */
  ofSchema(kind: 'keyword' | 'enumMember', pointer: string): number | undefined
}

/** What of an operation is described by schemas: the pointer of each, and the side it is on. */
const schemasOf = ({
  parameters,
  requestBody,
  responses,
}: Operation): readonly [string, Side][] => [
  ...parameters.flatMap(({ schema }): [string, Side][] =>
    schema === undefined ? [] : [[schema, 'request']],
  ),
  ...(requestBody?.content ?? []).flatMap(({ schema }): [string, Side][] =>
    schema === undefined ? [] : [[schema, 'request']],
  ),
  ...responses.flatMap(({ headers, content }) =>
    [...headers, ...content].flatMap(({ schema }): [string, Side][] =>
      schema === undefined ? [] : [[schema, 'response']],
    ),
  ),
]

const keyOf = (operation: number, key: string): string => `${operation} ${key}`

/**
 * All that a document promises: operations, their statuses, parameters and media types, and of the
 * schemas that they use each rule and each member of an enum. Depends on the document alone.
 *
 * @example
 * catalogueOf(spec).catalogue.items[0] // { kind: 'operation', name: 'GET /orders', … }
 */
export const catalogueOf = (spec: Spec): Indexed => {
  const items: CoverageItem[] = []
  const known = new Map<string, number>()
  const add = (item: Omit<CoverageItem, 'file' | 'line'>, key: string): void => {
    if (items.length >= itemsMax || known.has(`${item.kind} ${key}`)) return
    known.set(`${item.kind} ${key}`, items.length)
    const { file, line } = spec.locate(item.pointer)
    items.push({ ...item, file, line })
  }
  const visited = new Set<string>()
  const walk = (root: string, operation: number, side: Side): void => {
    const open = [root]
    while (open.length > 0) {
      const found = resolved(spec.document, open.pop() ?? '')
      if (found === undefined || visited.has(found.pointer) || !isObject(found.value)) continue
      const { pointer: at, value: schema } = found
      visited.add(at)
      const rule = (pointer: string): void =>
        add({ kind: 'keyword', name: '', pointer, operation, side }, pointer)
      for (const [keyword, value] of Object.entries(schema))
        if (isAssertion(keyword, value)) rule(below(at, keyword))
      for (const keyword of branching)
        for (const index of arrayOr(schema[keyword]).keys()) rule(below(at, keyword, index))
      for (const [index, member] of arrayOr(schema['enum']).entries()) {
        const pointer = below(at, 'enum', index)
        const name = shown(member, 60)
        add({ kind: 'enumMember', name, pointer, operation, side }, pointer)
      }
      open.push(...subschemas(schema, at).toReversed())
    }
  }
  for (const [operation, one] of spec.operations.entries()) {
    const subject = `${one.method} ${one.path}`
    const own = (
      kind: CoverageKind,
      key: string,
      name: string,
      pointer: string,
      more: Pick<CoverageItem, 'with'> = {},
    ): void => add({ kind, name, pointer, operation, ...more }, keyOf(operation, key))
    own('operation', '', subject, one.pointer)
    for (const { status, content, pointer } of one.responses) {
      own('status', status, `${status} of ${subject}`, pointer)
      const answered = known.get(`status ${keyOf(operation, status)}`)
      const more = answered === undefined ? {} : { with: answered }
      for (const { mediaType, pointer: at } of content) {
        const name = `${mediaType} with ${status} of ${subject}`
        own('responseMediaType', `${status} ${mediaType}`, name, at, more)
      }
    }
    for (const { in: place, name, pointer } of one.parameters)
      own('parameter', `${place} ${name}`, `${place} "${name}" of ${subject}`, pointer)
    for (const { mediaType, pointer } of one.requestBody?.content ?? [])
      own('requestMediaType', mediaType, `${mediaType} to ${subject}`, pointer)
  }
  // After all that is an operation's own, so that reports read from the whole to its parts.
  for (const [operation, one] of spec.operations.entries())
    for (const [schema, side] of schemasOf(one)) walk(schema, operation, side)
  return {
    catalogue: {
      spec: spec.file,
      items,
      operations: spec.operations.map(({ method, path }) => `${method} ${path}`),
    },
    ofOperation: (kind, operation, key) => known.get(`${kind} ${keyOf(operation, key)}`),
    ofSchema: (kind, pointer) => known.get(`${kind} ${pointer}`),
  }
}
