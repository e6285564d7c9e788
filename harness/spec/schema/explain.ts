import { arrayOr, isObject, type JsonValue } from '../json.ts'
import { segmentsOf, valueAt } from '../pointer.ts'
import type { BrokenKeyword } from './hyperjump.ts'

/** Keywords that only pass on what their subschemas say. */
const transparent: ReadonlySet<string> = new Set([
  '$ref',
  'allOf',
  'properties',
  'patternProperties',
  'additionalProperties',
  'unevaluatedProperties',
  'unevaluatedItems',
  'items',
  'prefixItems',
  'dependentSchemas',
  'then',
  'else',
])

/** Keywords that tell that a value was never meant for this branch. */
const tellsApart: ReadonlySet<string> = new Set(['type', 'const', 'enum'])

export const keywordOf = ({ schemaPointer }: BrokenKeyword): string =>
  segmentsOf(schemaPointer).at(-1) ?? ''

const isForbidden = (unit: BrokenKeyword): boolean => unit.inner.length === 0

/** The failures of each branch of an anyOf or oneOf that failed, by the branch's index. */
const branchesOf = (unit: BrokenKeyword): ReadonlyMap<string, readonly BrokenKeyword[]> => {
  const depth = segmentsOf(unit.schemaPointer).length
  return Map.groupBy(unit.inner, ({ schemaPointer }) => segmentsOf(schemaPointer)[depth] ?? '')
}

/**
 * Whether a branch was not meant for the value: the value is of another type, or a property of it
 * that tells branches apart says so.
 */
const isForeign = (failures: readonly BrokenKeyword[], at: string): boolean =>
  failures
    .flatMap((failure) => causes(failure, {}))
    .some((failure) => {
      const keyword = keywordOf(failure)
      if (failure.instancePath === at) return tellsApart.has(keyword)
      const depth = segmentsOf(failure.instancePath).length - segmentsOf(at).length
      return depth === 1 && (keyword === 'const' || keyword === 'enum')
    })

/**
 * The keywords that a value really broke, out of the tree of all that failed because of them. An
 * anyOf or oneOf that matches nothing is explained by the one branch that was meant, where only
 * one can have been.
 */
export const causes = (unit: BrokenKeyword, schema: JsonValue): readonly BrokenKeyword[] => {
  const keyword = keywordOf(unit)
  if (transparent.has(keyword)) {
    return isForbidden(unit) ? [unit] : unit.inner.flatMap((inner) => causes(inner, schema))
  }
  if (keyword !== 'anyOf' && keyword !== 'oneOf') return [unit]
  const branches = branchesOf(unit)
  const written = valueAt(schema, unit.schemaPointer)
  // A oneOf may have failed because two branches matched: then the others explain nothing.
  if (isObject(schema) && branches.size < arrayOr(written).length) return [unit]
  const meant = [...branches.values()].filter((failures) => !isForeign(failures, unit.instancePath))
  const [only] = meant
  return meant.length === 1 && only !== undefined
    ? only.flatMap((inner) => causes(inner, schema))
    : [unit]
}
