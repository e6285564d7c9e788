import { applyEdits, modify, type JSONPath, type Node } from 'jsonc-parser'
import type { Credential } from '../../model/credential.ts'
import { at, membersOf, parsedJson } from '../json-text.ts'

type Field = Credential['fields'][number]

/** An interaction whose recorded credential was replaced, and which fields of it were. */
export interface RewrittenInteraction {
  readonly source: string
  /** In words, for the evidence: `header Authorization`. */
  readonly replaced: readonly string[]
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

/** Rules and generators of versions 3 and 4 stand under the part of the request, by its name. */
const rulesOfPart = (request: Node, part: string, matches: (key: string) => boolean): JSONPath[] =>
  ['matchingRules', 'generators'].flatMap((kind) =>
    membersOf(at(request, kind, part))
      .filter(([key]) => matches(key))
      .map(([key]) => ['request', kind, part, key]),
  )

/** Rules of version 2 stand under a path such as `$.headers.Authorization` or `$.query['key']`. */
const rulesOfPath = (request: Node, part: string, matches: (key: string) => boolean): JSONPath[] =>
  membersOf(at(request, 'matchingRules'))
    .filter(([path]) => {
      const [, found, dotted, quoted] =
        /^\$\.?(?:\['?)?(headers?|query)'?\]?(?:\.([^.[\]]+)|\[['"]([^'"]+)['"]\])/.exec(path) ?? []
      return found?.startsWith(part) === true && matches(dotted ?? quoted ?? '')
    })
    .map(([path]) => ['request', 'matchingRules', path])

const replaceValue = (source: string, node: Node, value: string): string => {
  const text = JSON.stringify(node.type === 'array' ? [value] : value)
  return source.slice(0, node.offset) + text + source.slice(node.offset + node.length)
}

const removeAll = (source: string, paths: readonly JSONPath[]): string =>
  paths.reduce((text, path) => applyEdits(text, modify(text, path, undefined, {})), source)

const rewriteHeader = (
  source: string,
  name: string,
  valueFor: (recorded: string) => string | undefined,
): string | undefined => {
  const request = at(parsedJson(source).root, 'request')
  const found = membersOf(at(request, 'headers')).find(([key]) => same(key, name))
  if (request === undefined || found === undefined) return undefined
  const [, node] = found
  const recorded =
    node.type === 'array' ? (node.children ?? []).map((n) => String(n.value)) : [String(node.value)]
  const value = valueFor(recorded.join('; '))
  if (value === undefined) return undefined
  const isIt = (key: string): boolean => same(key.replace(/\[\d+\]$/, ''), name)
  const rules = [...rulesOfPart(request, 'header', isIt), ...rulesOfPath(request, 'header', isIt)]
  // The value comes first: removing rules shifts the offsets.
  return removeAll(replaceValue(source, node, value), rules)
}

const cookieValue = (recorded: string, name: string, value: string): string | undefined => {
  const pairs = recorded.split(/;\s*/)
  const index = pairs.findIndex((pair) => pair.split('=', 1)[0]?.trim() === name)
  return index === -1 ? undefined : pairs.with(index, `${name}=${value}`).join('; ')
}

/** A query string with one parameter's value replaced and the rest byte for byte as it was. */
const queryValue = (recorded: string, name: string, value: string): string | undefined => {
  let found = false
  const pairs = recorded.split('&').flatMap((pair) => {
    const [key = ''] = pair.split('=', 1)
    if (!new URLSearchParams(`${key}=`).has(name)) return [pair]
    if (found) return []
    found = true
    return [`${key}=${encodeURIComponent(value)}`]
  })
  return found ? pairs.join('&') : undefined
}

const rewriteQuery = (source: string, name: string, value: string): string | undefined => {
  const request = at(parsedJson(source).root, 'request')
  const query = at(request, 'query')
  if (request === undefined || query === undefined) return undefined
  const isIt = (key: string): boolean => key.replace(/\[\d+\]$/, '') === name
  const rules = [...rulesOfPart(request, 'query', isIt), ...rulesOfPath(request, 'query', isIt)]
  if (query.type === 'string') {
    const text = queryValue(String(query.value), name, value)
    return text === undefined ? undefined : removeAll(replaceValue(source, query, text), rules)
  }
  const found = membersOf(query).find(([key]) => key === name)
  return found === undefined ? undefined : removeAll(replaceValue(source, found[1], value), rules)
}

const rewriteField = (source: string, { in: part, name, value }: Field): string | undefined => {
  if (part === 'header') return rewriteHeader(source, name, () => value)
  if (part === 'query') return rewriteQuery(source, name, value)
  return rewriteHeader(source, 'Cookie', (recorded) => cookieValue(recorded, name, value))
}

/**
 * Puts a credential in the place of the recorded one in an interaction's text. A header, query
 * parameter or cookie that the consumer did not send is never added; matching rules and generators
 * of what was replaced go with it, so that nothing overwrites the new value.
 *
 * @example
 * rewriteCredential('{"request": {"headers": {"Authorization": "Bearer recorded"}}}', admin)
 * // { source: '{"request": {"headers": {"Authorization": "Bearer …"}}}', replaced: ['header Authorization'] }
 */
export const rewriteCredential = (source: string, credential: Credential): RewrittenInteraction =>
  credential.fields.reduce<RewrittenInteraction>(
    (done, field) => {
      const rewritten = rewriteField(done.source, field)
      return rewritten === undefined
        ? done
        : { source: rewritten, replaced: [...done.replaced, `${field.in} ${field.name}`] }
    },
    { source, replaced: [] },
  )
