import type { Node } from 'jsonc-parser'
import type { HeaderFields, HttpRequest } from '../../model/http.ts'
import { at, membersOf, parsedJson } from '../json-text.ts'

const textsOf = (node: Node): readonly string[] =>
  node.type === 'array'
    ? (node.children ?? []).map((child) => String(child.value))
    : [String(node.value)]

const queryOf = (query: Node | undefined): string => {
  if (query === undefined) return ''
  if (query.type === 'string') return query.value === '' ? '' : `?${String(query.value)}`
  const pairs = membersOf(query).flatMap(([name, values]) =>
    textsOf(values).map((value) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`),
  )
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

const utf8 = new TextEncoder()

/** Version 4 wraps a body in `{ content, contentType, encoded }`, the older ones have it bare. */
const bodyOf = (
  source: string,
  body: Node | undefined,
  wrapped: boolean,
): Uint8Array | undefined => {
  const content = wrapped ? at(body, 'content') : body
  if (content === undefined || content.type === 'null') return undefined
  const encoded: unknown = wrapped
    ? (at(body, 'encoded')?.value ?? at(body, 'encoding')?.value ?? false)
    : false
  if (content.type !== 'string') {
    return utf8.encode(source.slice(content.offset, content.offset + content.length))
  }
  if (encoded === true || encoded === 'base64') return Buffer.from(String(content.value), 'base64')
  return utf8.encode(encoded === 'json' ? JSON.stringify(content.value) : String(content.value))
}

/**
 * The request that an interaction records, as it would go to a provider. The one on the wire is
 * better where it was seen: generators and Pact's own headers are in it.
 *
 * @example
 * requestOf('{"request": {"method": "GET", "path": "/orders/1"}}', false, 'http://127.0.0.1:4000')
 * // { method: 'GET', url: 'http://127.0.0.1:4000/orders/1', headers: [] }
 */
export const requestOf = (source: string, wrapped: boolean, providerUrl: string): HttpRequest => {
  const request = at(parsedJson(source).root, 'request')
  const headers: HeaderFields = membersOf(at(request, 'headers')).flatMap(([name, values]) =>
    textsOf(values).map((value) => [name, value] as const),
  )
  const body = bodyOf(source, at(request, 'body'), wrapped)
  const path = String(at(request, 'path')?.value ?? '/')
  return {
    method: String(at(request, 'method')?.value ?? 'GET').toUpperCase(),
    url: `${providerUrl}${path}${queryOf(at(request, 'query'))}`,
    headers,
    ...(body === undefined ? {} : { body }),
  }
}
