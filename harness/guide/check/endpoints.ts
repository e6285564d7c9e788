import type { Comparison, Span } from '../facts/comparison.ts'
import type { FactRow } from '../facts/columns.ts'
import { nearest } from '../../model/nearest.ts'
import { endpoint } from './fields.ts'
import type { Known, KnownOperation } from './known.ts'
import { oneEdit } from './one-edit.ts'
import { fits, operationOf } from './operation-of.ts'
import type { Page } from './page.ts'

interface Named extends Span {
  readonly method: string
  readonly path: string
}

const firstSegment = (path: string): string => path.split('/')[1] ?? ''

const methods = /^(?:GET|POST|PUT|PATCH|DELETE)$/

/** The endpoints that a row of a table names: `GET /orders`, or a path beside its methods. */
export const endpointsIn = ({ cells: { method, path } }: FactRow): readonly Named[] => {
  if (path === undefined) return []
  const [, own, target] = endpoint.exec(path.text) ?? []
  if (own !== undefined && target !== undefined)
    return [{ method: own, path: target, from: path.from, to: path.to }]
  if (method === undefined || !/^\/[^\s?#]*$/.test(path.text)) return []
  const verbs = method.text.split(/[\s,/|]+/)
  return verbs.every((verb) => methods.test(verb))
    ? verbs.map((verb) => ({
        method: verb,
        path: path.text,
        from: Math.min(method.from, path.from),
        to: Math.max(method.to, path.to),
      }))
    : []
}

const sharedSegments = (a: string, b: string): number => {
  const [one, other] = [a.split('/'), b.split('/')]
  const apart = one.findIndex((segment, index) => segment !== other[index])
  return (apart === -1 ? one.length : apart) - 1
}

const nearness = (path: string, operations: readonly KnownOperation[]): number =>
  Math.max(0, ...operations.map((one) => sharedSegments(one.path, path)))

/**
 * Whether a path can only be meant for this API: it is one of its resources, or plainly mistyped, and
 * no system behind it is as near.
 */
const isOurs = (
  path: string,
  operations: readonly KnownOperation[],
  upstream: readonly KnownOperation[],
): boolean => {
  const elsewhere = nearness(path, upstream)
  if (elsewhere > 0 && elsewhere >= nearness(path, operations)) return false
  return operations.some(
    (one) =>
      firstSegment(one.path) === firstSegment(path) ||
      oneEdit(firstSegment(one.path), firstSegment(path)),
  )
}

/** What a page that names an endpoint which the spec lacks should say. */
export const unknownEndpoint = (
  operations: readonly KnownOperation[],
  method: string,
  target: string,
): Pick<Comparison, 'problem' | 'others' | 'fix'> => {
  const path = target.replace(/[?#].*$/s, '')
  const others = operations.filter((one) => fits(one.path, path)).map((one) => one.method)
  const meant = nearest(
    path,
    operations.map((one) => one.path),
  )
  return {
    problem: `the spec has no ${method} ${path}`,
    others:
      others.length > 0
        ? `${path} has ${[...new Set(others)].join(', ')}`
        : 'an operation of the spec',
    ...(others.length > 0 || meant === undefined ? {} : { fix: `write ${meant}` }),
  }
}

/**
 * Endpoints that a page names in code or in a table, held to the spec and to those of the systems behind
 * the provider. One that may be of another system, which the page speaks of too, is noted.
 */
export const compareEndpoints = (page: Page, { facts }: Known): readonly Comparison[] => {
  if (facts.some(({ operations }) => operations === undefined)) return []
  const operations = facts.flatMap((one) => one.operations ?? [])
  if (operations.length === 0) return []
  const upstream = facts.flatMap((one) => one.upstreamOperations ?? [])
  const own = new Set(facts.flatMap(({ ownPaths = [] }) => ownPaths))
  const named: readonly Named[] = [
    ...page.sentences.flatMap(({ codes }) =>
      codes.flatMap(({ value, ...span }) => {
        const [, method, path] = endpoint.exec(value) ?? []
        return method === undefined || path === undefined ? [] : [{ ...span, method, path }]
      }),
    ),
    ...page.tables.flatMap(({ rows }) => rows.flatMap(endpointsIn)),
  ]
  return named.map(({ method, path, from, to }): Comparison => {
    const common = {
      code: 'page-endpoint' as const,
      span: { from, to },
      place: page.source.placeAt(from),
      subject: `${method} ${path}`,
      says: `${method} ${path}`,
      wrong: 'either' as const,
    }
    const known = operationOf([...operations, ...upstream], method, path) !== undefined
    if (known || own.has(path)) return { ...common, came: known ? 'agrees' : 'silent', problem: '' }
    const came = isOurs(path, operations, upstream) ? 'differs' : 'noted'
    return { ...common, came, ...unknownEndpoint(operations, method, path) }
  })
}
