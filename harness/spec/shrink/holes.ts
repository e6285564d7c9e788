import { isObject, type JsonValue } from '../json.ts'
import { segmentsOf, valueAt } from '../pointer.ts'
import type { OperationSeen, PlannedRequest } from '../types.ts'
import { givenBy, isName, jsonIn, leavesOf, type Given } from './given.ts'

/** Where in a request something stands that an earlier answer gave. */
type HoleAt =
  | { readonly part: 'target' }
  | { readonly part: 'segment'; readonly index: number }
  | { readonly part: 'query'; readonly name: string; readonly index: number }
  | { readonly part: 'header'; readonly name: string }
  | { readonly part: 'body'; readonly pointer: string }

/** A place in a request that is filled from an earlier answer. */
export interface Hole {
  readonly at: HoleAt
  readonly name: string
  readonly given: Given
}

/** A request as it was sent, and what of it came from earlier answers. */
export interface Traced {
  readonly planned: PlannedRequest
  readonly holes: readonly Hole[]
}

interface Spot {
  readonly at: HoleAt
  readonly key: string
  readonly value: string | number
}

/** A text of a URL, or the text itself where it is no such. */
export const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The pairs of a query, as they are written. */
export const pairsOf = (target: string): readonly (readonly [name: string, value: string])[] => {
  const query = target.split('?').slice(1).join('?')
  return query === ''
    ? []
    : query.split('&').map((pair) => {
        const [name = '', ...rest] = pair.split('=')
        return [name, rest.join('=')]
      })
}

const spotsOf = ({ target, headers, body }: PlannedRequest): readonly Spot[] => {
  const [path = ''] = target.split('?')
  const json = jsonIn(body)
  return [
    { at: { part: 'target' }, key: 'location', value: target },
    ...path.split('/').map((segment, index): Spot => ({
      at: { part: 'segment', index },
      key: 'id',
      value: decoded(segment),
    })),
    ...pairsOf(target).map(([name, value], index): Spot => ({
      at: { part: 'query', name, index },
      key: decoded(name),
      value: decoded(value),
    })),
    ...headers.map(([name, value]): Spot => ({
      at: { part: 'header', name },
      key: name,
      value,
    })),
    ...(json === undefined ? [] : leavesOf(json)).map(({ pointer, key, value }): Spot => ({
      at: { part: 'body', pointer },
      key,
      value,
    })),
  ]
}

const plain = (name: string): string => name.replaceAll(/[^a-z0-9]/gi, '').toLowerCase()

/** Below this length two texts may be the same by chance. */
const tellingMin = 12

/** Whether what stands here is what an answer gave, and not merely the same. */
const comesFrom = ({ at, key, value }: Spot, given: Given): boolean => {
  if (String(given.value) !== String(value)) return false
  if (at.part === 'target' || given.key === 'location')
    return at.part === given.key.replace('location', 'target')
  if (at.part === 'segment') return isName(given.key) || String(value).length >= tellingMin
  if (at.part === 'header') return given.key === 'etag' || String(value).length >= tellingMin
  if (typeof value !== typeof given.value && at.part === 'body') return false
  if (String(value).length >= tellingMin) return true
  if (!isName(given.key)) return false
  return plain(given.key) === plain(key) || (plain(given.key) === 'id' && /ids?$/i.test(key))
}

/** How a value is called in a recipe: by what it is of. */
const nameFor = ({ key }: Given, planned: PlannedRequest, taken: ReadonlySet<string>): string => {
  const [path = ''] = planned.target.split('?')
  const noun = path.split('/').findLast((one) => /^[a-z][a-z_-]*$/i.test(one))
  const base = `${noun === undefined ? '' : `${noun}_`}${key === '' ? 'value' : key}`
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .toLowerCase()
  let name = base
  for (let n = 2; taken.has(name); n += 1) name = `${base}_${n}`
  return name
}

/**
 * Finds what in later requests came from earlier answers: ids in paths and bodies, tags, cursors,
 * what follows a Location. A value that was sent before it came back is none, and of short ones only
 * those that are called alike.
 */
export const traced = (exchanges: OperationSeen['exchanges']): readonly Traced[] => {
  const given: Given[] = []
  const known = new Set<string>()
  const sent = new Set<string>()
  const names = new Map<Given, string>()
  return exchanges.map(({ planned, exchange }, step) => {
    const spots = spotsOf(planned)
    const holes = spots.flatMap((spot): readonly Hole[] => {
      const source = given.find((one) => comesFrom(spot, one))
      if (source === undefined) return []
      const name =
        names.get(source) ??
        nameFor(source, exchanges[source.step]?.planned ?? planned, new Set(names.values()))
      names.set(source, name)
      return [{ at: spot.at, name, given: source }]
    })
    for (const { value } of spots) sent.add(String(value))
    for (const one of givenBy(step, exchange)) {
      const key = `${plain(one.key)} ${String(one.value)}`
      if (sent.has(String(one.value)) || known.has(key)) continue
      known.add(key)
      given.push(one)
    }
    const isWhole = holes.some(({ at }) => at.part === 'target')
    return {
      planned,
      holes: isWhole
        ? holes.filter(({ at }) => at.part !== 'segment' && at.part !== 'query')
        : holes,
    }
  })
}

/** A copy of a value with another at a pointer; the value itself where nothing stands there. */
export const replacedAt = (root: JsonValue, pointer: string, value: JsonValue): JsonValue => {
  if (valueAt(root, pointer) === undefined) return root
  const [head, ...rest] = segmentsOf(pointer)
  if (head === undefined) return value
  const tail = rest.length === 0 ? '' : pointer.slice(pointer.indexOf('/', 1))
  if (Array.isArray(root))
    return (root as readonly JsonValue[]).map((item, index) =>
      index === Number(head) ? replacedAt(item, tail, value) : item,
    )
  return isObject(root) ? { ...root, [head]: replacedAt(root[head] ?? null, tail, value) } : root
}
