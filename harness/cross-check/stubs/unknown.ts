import { isObject, type JsonObject, type JsonValue } from '../../spec/json.ts'
import { below } from '../../spec/pointer.ts'
import { closures, type Direction } from '../../spec/schema/closure.ts'
import type { SchemaVerdict, Violation } from '../../spec/schema/schemas.ts'

/** A text whose content nobody knows before a request came. */
const text = '\uE000'
/** A value of which not even the type is known. */
export const anything = '\uE000\uE001'

/** A text for readers, with an ellipsis for what nobody knows. */
export const readable = (value: string): string => value.replaceAll(/[\uE000\uE001]+/g, '…')

const expression = /\{\{\{.*?\}\}\}|\{\{.*?\}\}/gs

/** Whether something of it is known only once a request came. */
export const isUnknown = (value: string): boolean => value.includes(text)

/** A text with a mark in place of each template expression. */
export const withoutTemplates = (value: string): string => value.replaceAll(expression, text)

/**
 * A JSON value whose templated texts are marked; `undefined` where a name is templated, so that
 * nobody knows what it has.
 */
export const valueWithoutTemplates = (value: JsonValue): JsonValue | undefined => {
  const marked = JSON.parse(
    JSON.stringify(value, (_, one: unknown) =>
      typeof one === 'string' ? withoutTemplates(one) : one,
    ),
  ) as JsonValue
  return JSON.stringify(value).match(/"[^"]*\{\{[^"]*"\s*:/) === null ? marked : undefined
}

/**
 * The text of a JSON body with marks in place of its template expressions: inside of a string one
 * for a text, elsewhere one for anything. `undefined` where blocks decide what is in it.
 *
 * @example
 * jsonWithoutTemplates('{ "id": {{randomInt}} }') // '{ "id": "…" }'
 */
export const jsonWithoutTemplates = (body: string): string | undefined => {
  const expressions = body.match(expression) ?? []
  if (expressions.some((one) => /^\{\{\{?[~\s]*(?:[#/^]|else\b)/.test(one))) return undefined
  let isInside = false
  return body.replaceAll(/\{\{\{.*?\}\}\}|\{\{.*?\}\}|\\.|"/gs, (token) => {
    if (token === '"') isInside = !isInside
    if (!token.startsWith('{{')) return token
    return isInside ? text : `"${anything}"`
  })
}

const pointersIn = (value: JsonValue, at = ''): readonly (readonly [string, string])[] => {
  if (typeof value === 'string') return isUnknown(value) ? [[at, value]] : []
  const members = Array.isArray(value)
    ? (value as readonly JsonValue[]).map((item, index) => [String(index), item] as const)
    : isObject(value)
      ? Object.entries(value)
      : []
  return members.flatMap(([key, inner]) => pointersIn(inner, below(at, key)))
}

/** Rules about what a value has, whatever stands in its parts. */
const structural: ReadonlySet<string> = new Set([
  'type',
  'required',
  'dependentRequired',
  'additionalProperties',
  'propertyNames',
  'minProperties',
  'maxProperties',
  'minItems',
  'maxItems',
])

/** Rules that more of the same value could keep. */
const completable: ReadonlySet<string> = new Set([
  'required',
  'dependentRequired',
  'minProperties',
  'minItems',
])

/** Rules that choose between schemas: what is unknown may make the choice. */
const choices =
  /"(?:oneOf|anyOf|if|dependentSchemas|contains|unevaluatedProperties|unevaluatedItems)":|"not":(?!\{\})/

const chooses = (document: JsonObject, schema: string, direction: Direction): boolean => {
  try {
    return choices.test(JSON.stringify(closures(document)(schema, direction).schema))
  } catch {
    return true
  }
}

/** What is certain of a verdict on a value of which not all is known. */
export interface CertainVerdict {
  readonly violations: readonly Violation[]
  /** Whether something may be wrong that nobody can tell yet. */
  readonly isOpen: boolean
}

/**
 * Keeps of a verdict what holds whatever comes in place of the marks, and, where `isPart`, whatever
 * else the value has.
 */
export const certainOf = (
  { violations }: SchemaVerdict,
  value: JsonValue,
  isPart: boolean,
  about: { readonly document: JsonObject; readonly schema: string; readonly direction: Direction },
): CertainVerdict => {
  const unknown = pointersIn(value)
  if (violations.length === 0) return { violations, isOpen: false }
  if (unknown.length === 0 && !isPart) return { violations, isOpen: false }
  if (chooses(about.document, about.schema, about.direction))
    return { violations: [], isOpen: true }
  const certain = violations.filter(({ instancePath, keyword }) => {
    if (isPart && completable.has(keyword)) return false
    // Which properties there are is known, whatever they hold.
    if (keyword === 'additionalProperties' || keyword === 'propertyNames') return true
    const own = unknown.find(([at]) => at === instancePath)
    if (own !== undefined) return keyword === 'type' && own[1] !== anything
    return structural.has(keyword) || !unknown.some(([at]) => at.startsWith(`${instancePath}/`))
  })
  const left = violations.filter((one) => !certain.includes(one))
  // Of a part neither what it lacks nor what it leaves open is a question: others fill it.
  const isLeftOpen = ({ keyword, instancePath }: Violation): boolean =>
    completable.has(keyword) || unknown.some(([at, one]) => at === instancePath && one === anything)
  return { violations: certain, isOpen: left.some((one) => !isPart || !isLeftOpen(one)) }
}
