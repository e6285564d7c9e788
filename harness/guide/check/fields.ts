import type { Nodes } from 'mdast'
import { visit } from 'unist-util-visit'
import type { Place } from '../../model/place.ts'
import type { Sentence } from '../facts/prose.ts'
import type { Known, KnownFacts, KnownField, KnownOperation } from './known.ts'
import { operationOf } from './operation-of.ts'

/** An endpoint as pages write it in code. */
export const endpoint = /^(GET|POST|PUT|PATCH|DELETE)\s+(\/[^\s?#]*)/

const meant = (value: string, { facts }: Known): readonly KnownOperation[] => {
  const [, method, path] = endpoint.exec(value) ?? []
  if (method === undefined || path === undefined) return []
  // Of an endpoint that both have, nobody can tell which is meant.
  const each = [
    facts.flatMap(({ operations = [] }) => operations),
    facts.flatMap(({ upstreamOperations = [] }) => upstreamOperations),
  ]
  return each.flatMap((operations) => operationOf(operations, method, path) ?? [])
}

/** The operations that a sentence names. */
export const operationsIn = ({ codes }: Sentence, known: Known): readonly KnownOperation[] =>
  codes.flatMap(({ value }) => meant(value, known))

/** The operations that the words right above a table or a fence name. */
export const operationsAbove = (
  above: Nodes | undefined,
  known: Known,
): readonly KnownOperation[] => {
  if (above === undefined || above.type === 'code') return []
  const found: KnownOperation[] = []
  visit(above, 'inlineCode', ({ value }) => {
    found.push(...meant(value, known))
  })
  return found
}

/** The parameters and members of a name, of these operations or, where there are none, of all. */
export const fieldsNamed = (
  name: string,
  of: readonly KnownOperation[],
  facts: readonly KnownFacts[],
): readonly KnownField[] =>
  (of.length > 0 ? of : facts.flatMap(({ operations = [] }) => operations)).flatMap(
    ({ fields = [] }) => fields.filter((field) => field.name === name),
  )

/**
 * What all fields of a name have in common; `undefined` where they differ, or one of them has none: then
 * nobody can tell which the page means.
 */
export const shared = <Value>(
  fields: readonly KnownField[],
  read: (field: KnownField) => Value | undefined,
): { readonly of: Value; readonly place: Place } | undefined => {
  const values = new Set(fields.map(read))
  const [first] = fields
  const [value] = values
  return first === undefined || value === undefined || values.size > 1
    ? undefined
    : { of: value, place: first.place }
}
