import { headerOf, type Exchange } from '../../model/http.ts'
import type { Taking } from '../../model/recipe.ts'
import { isObject, type JsonValue } from '../json.ts'
import { isJson } from '../media-type.ts'
import { below } from '../pointer.ts'

/** Something that an answer gave, and nobody had sent before. */
export interface Given {
  /** Index of the exchange. */
  readonly step: number
  readonly from: Taking['from']
  /** As the answer calls it: `id`, `etag`. */
  readonly key: string
  readonly value: string | number
}

/** A bound on how much of an answer is looked at. */
const leavesMax = 500
const depthMax = 8

/** A place in JSON that holds a text or a number. */
export interface Leaf {
  readonly pointer: string
  readonly key: string
  readonly value: string | number
}

/** All texts and numbers in a value, outermost first. */
export const leavesOf = (root: JsonValue): readonly Leaf[] => {
  const leaves: Leaf[] = []
  let level: readonly { readonly pointer: string; readonly key: string; value: JsonValue }[] = [
    { pointer: '', key: '', value: root },
  ]
  for (let depth = 0; depth <= depthMax && level.length > 0; depth += 1) {
    const next: (typeof level)[number][] = []
    for (const { pointer, key, value } of level) {
      if (leaves.length >= leavesMax) return leaves
      if (typeof value === 'string' || typeof value === 'number')
        leaves.push({ pointer, key, value })
      else if (Array.isArray(value))
        for (const [index, item] of (value as readonly JsonValue[]).slice(0, leavesMax).entries())
          next.push({ pointer: below(pointer, index), key, value: item })
      else if (isObject(value))
        for (const [name, item] of Object.entries(value))
          next.push({ pointer: below(pointer, name), key: name, value: item })
    }
    level = next
  }
  return leaves
}

/** JSON in bytes; `undefined` where it is none. */
export const jsonIn = (bytes: Uint8Array | undefined): JsonValue | undefined => {
  if (bytes === undefined || bytes.length === 0) return undefined
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as JsonValue
  } catch {
    return undefined
  }
}

/** How things are called: by these a value is told from one that is the same by chance. */
export const isName = (key: string): boolean =>
  /(^|[-_a-z])(id|uuid|key|code|slug|token|cursor|version|etag|ref|number)$/i.test(key)

/** A reference that stands for itself in a path: what follows the origin. */
const pathOfLocation = (location: string): string =>
  location.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '')

const ofLocation = (keep: 'path' | 'last'): Taking['from'] => ({ header: 'location', keep })

const headersGiven = (step: number, { answer }: Exchange): readonly Given[] => {
  const location = headerOf(answer?.headers ?? [], 'location')
  const tag = headerOf(answer?.headers ?? [], 'etag')
  const path = location === undefined ? undefined : pathOfLocation(location)
  const last = path?.split(/[?#]/)[0]?.split('/').at(-1)
  return [
    ...(tag === undefined
      ? []
      : [{ step, from: { header: 'etag', keep: 'all' } as const, key: 'etag', value: tag }]),
    ...(path === undefined || path === ''
      ? []
      : [{ step, from: ofLocation('path'), key: 'location', value: path }]),
    ...(last === undefined || last === ''
      ? []
      : [{ step, from: ofLocation('last'), key: 'id', value: last }]),
  ]
}

/** What an answer gives: what things are called in it before the rest, its body before its headers. */
export const givenBy = (step: number, exchange: Exchange): readonly Given[] => {
  const { answer } = exchange
  if (answer === undefined || answer.status >= 400) return []
  const body = isJson(headerOf(answer.headers, 'content-type') ?? '')
    ? jsonIn(answer.body)
    : undefined
  const leaves = body === undefined ? [] : leavesOf(body)
  const named = leaves.filter(({ key }) => isName(key))
  const others = leaves.filter(({ key }) => !isName(key))
  return [
    ...[...named, ...others].map(({ pointer, key, value }): Given => ({
      step,
      from: { pointer },
      key,
      value,
    })),
    ...headersGiven(step, exchange),
  ]
}
