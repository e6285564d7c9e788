import { isObject, type JsonValue } from '../json.ts'
import { below, segmentsOf } from '../pointer.ts'
import type { Operation, PlannedRequest } from '../types.ts'
import { jsonIn } from './given.ts'
import { decoded, pairsOf } from './holes.ts'

/** One way to make a request smaller, whatever else is done to it. */
export type Reduction = (planned: PlannedRequest) => PlannedRequest

const depthMax = 8
const reductionsMax = 200

/** A copy without what stands at a pointer; the value itself where nothing does. */
const without = (root: JsonValue, segments: readonly string[]): JsonValue => {
  const [head, ...rest] = segments
  if (head === undefined) return root
  if (Array.isArray(root)) {
    const items = root as readonly JsonValue[]
    if (rest.length === 0) return items.filter((_, index) => index !== Number(head))
    return items.map((item, index) => (index === Number(head) ? without(item, rest) : item))
  }
  if (!isObject(root) || !Object.hasOwn(root, head)) return root
  if (rest.length > 0) return { ...root, [head]: without(root[head] ?? null, rest) }
  return Object.fromEntries(Object.entries(root).filter(([name]) => name !== head))
}

const changed = (
  root: JsonValue,
  segments: readonly string[],
  change: (value: JsonValue) => JsonValue,
): JsonValue => {
  const [head, ...rest] = segments
  if (head === undefined) return change(root)
  if (Array.isArray(root))
    return (root as readonly JsonValue[]).map((item, index) =>
      index === Number(head) ? changed(item, rest, change) : item,
    )
  if (!isObject(root) || !Object.hasOwn(root, head)) return root
  return { ...root, [head]: changed(root[head] ?? null, rest, change) }
}

type Edit = (value: JsonValue) => JsonValue

/** All that can be left out of a value or made simpler, what holds the most first. */
const editsOf = (value: JsonValue, pointer = '', depth = 0): readonly Edit[] => {
  if (depth > depthMax) return []
  const here = segmentsOf(pointer)
  if (Array.isArray(value)) {
    const items = value as readonly JsonValue[]
    // From the end, so that the places of what stays are what they were.
    const dropped = items.map(
      (_, index): Edit =>
        (root) =>
          changed(root, here, (list) =>
            Array.isArray(list) && list.length > index && list.length > 0
              ? list.slice(0, -1)
              : list,
          ),
    )
    return [
      ...dropped,
      ...items.flatMap((item, index) => editsOf(item, below(pointer, index), depth + 1)),
    ]
  }
  if (isObject(value))
    return Object.entries(value).flatMap(([name, item]) => {
      const at = below(pointer, name)
      return [(root) => without(root, segmentsOf(at)), ...editsOf(item, at, depth + 1)] as Edit[]
    })
  if (typeof value === 'string' && value.length > 1)
    return [1, 8]
      .filter((length) => length < value.length)
      .map(
        (length): Edit =>
          (root) =>
            changed(root, here, (text) =>
              typeof text === 'string' && text.length > length ? text.slice(0, length) : text,
            ),
      )
  if (typeof value === 'number' && Math.abs(value) > 1)
    return [(root) => changed(root, here, (number) => (number === value ? 1 : number))]
  return []
}

/** Ways to make a body of JSON smaller; none for other bodies. */
export const bodyReductions = ({ body }: PlannedRequest): readonly Reduction[] => {
  const json = jsonIn(body)
  if (json === undefined) return []
  return editsOf(json)
    .slice(0, reductionsMax)
    .map((edit): Reduction => (planned) => {
      const value = jsonIn(planned.body)
      if (value === undefined) return planned
      return { ...planned, body: new TextEncoder().encode(JSON.stringify(edit(value))) }
    })
}

const needed: ReadonlySet<string> = new Set(['content-type', 'authorization', 'cookie'])

/** Query parameters and headers that need not be sent, each to be left out. */
export const parameterReductions = (
  { target, headers, intent }: PlannedRequest,
  { parameters }: Operation,
): readonly Reduction[] => {
  const breach = intent?.kind === 'invalid' ? intent.breach : undefined
  if (breach?.part === 'accept' || intent?.kind === 'stranger') return []
  const isFixed = (place: string, name: string): boolean =>
    parameters.some(
      (one) =>
        one.in === place &&
        one.name.toLowerCase() === name.toLowerCase() &&
        (one.required || (breach?.part === 'parameter' && breach.parameter.name === one.name)),
    )
  const names = [...new Set(pairsOf(target).map(([name]) => name))]
  return [
    ...names
      .filter((name) => !isFixed('query', decoded(name)))
      .map((name): Reduction => (planned) => {
        const [path = ''] = planned.target.split('?')
        const rest = pairsOf(planned.target).filter(([key]) => key !== name)
        const query = rest.map(([key, value]) => (value === '' ? key : `${key}=${value}`))
        return { ...planned, target: query.length === 0 ? path : `${path}?${query.join('&')}` }
      }),
    ...[...new Set(headers.map(([name]) => name))]
      .filter((name) => !needed.has(name.toLowerCase()) && !isFixed('header', name))
      .map((name): Reduction => (planned) => ({
        ...planned,
        headers: planned.headers.filter(([key]) => key !== name),
      })),
  ]
}
