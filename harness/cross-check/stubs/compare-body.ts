import { isObject, stringOr, type JsonObject, type JsonValue } from '../../spec/json.ts'
import { bestMediaType, isJson } from '../../spec/media-type.ts'
import { segmentsOf } from '../../spec/pointer.ts'
import type { MediaTypeContent, Operation, Spec } from '../../spec/types.ts'
import type { StubComparison, StubDisagreement } from './disagreement.ts'
import { anything, certainOf, readable, type CertainVerdict } from './unknown.ts'

/** The body that a matcher asks for, or a part of it. */
interface AskedBody {
  /** It, or several of which one will do. */
  readonly values: readonly JsonValue[]
  readonly isPart: boolean
}

const tryJson = (text: string): JsonValue | undefined => {
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    return undefined
  }
}

const withoutPlaceholders = (value: JsonValue): JsonValue =>
  JSON.parse(
    JSON.stringify(value, (_, one: unknown) =>
      typeof one === 'string' && one.includes('${json-unit.') ? anything : one,
    ),
  ) as JsonValue

const text = String.raw`'([^'\\]*)'|"([^"\\]*)"`
const name = String.raw`[A-Za-z_][\w-]*`
const filtered = new RegExp(
  String.raw`^\$\[\?\(\s*@((?:\.${name})+)\s*(?:==\s*(?:${text})\s*|=~\s*/(?:[^/\\]|\\.)*/i?\s*)?\)\]$`,
)
const plain = new RegExp(String.raw`^\$((?:\.${name}|\['[\w-]+'\]|\[(?:\d+|\*)\])+)$`)

/** The part of a body that a JSONPath leads to: `$.card.number`, `$[?(@.card == 'a')]`. */
const partOf = (path: string): readonly JsonValue[] => {
  const [filter, inFilter, single, double] = filtered.exec(path) ?? []
  const steps = (inFilter ?? plain.exec(path)?.[1])?.match(/[\w-]+|\*/g) ?? []
  if (steps.length === 0) return []
  const part = steps.reduceRight<JsonValue>(
    (inner, step) => (step === '*' || /^\d+$/.test(step) ? [inner] : { [step]: inner }),
    single ?? double ?? anything,
  )
  // A filter looks at the body itself, or at each item of a list.
  return filter === undefined ? [part] : [part, [part]]
}

const askedBody = (pattern: JsonObject): AskedBody | undefined => {
  const { equalToJson, equalTo, matchesJsonPath } = pattern
  const exact =
    typeof equalToJson === 'string'
      ? tryJson(equalToJson)
      : (equalToJson ?? tryJson(stringOr(equalTo) ?? ''))
  if (exact !== undefined)
    return { values: [withoutPlaceholders(exact)], isPart: pattern['ignoreExtraElements'] === true }
  const path = isObject(matchesJsonPath) ? matchesJsonPath['expression'] : matchesJsonPath
  const values = typeof path === 'string' ? partOf(path) : []
  return values.length === 0 ? undefined : { values, isPart: true }
}

/** What is certain of the value that fits best. */
const bestOf = async (
  { values, isPart }: AskedBody,
  schema: string,
  spec: Spec,
): Promise<CertainVerdict> => {
  const about = { document: spec.document, schema, direction: 'request' } as const
  const verdicts: CertainVerdict[] = []
  for (const value of values) {
    const verdict = await spec.schemas.check(schema, 'request', value)
    const { violations, isOpen } = certainOf(verdict, value, isPart, about)
    verdicts.push({ violations, isOpen: isOpen || verdict.doubtful.length > 0 })
  }
  const [best] = verdicts.toSorted((a, b) => a.violations.length - b.violations.length)
  return best ?? { violations: [], isOpen: true }
}

/** How the body is written: as the matched media type says, else the first way that is JSON. */
const contentOf = (
  { requestBody }: Operation,
  mediaType: string | undefined,
): MediaTypeContent | undefined => {
  const all = requestBody?.content ?? []
  const best = bestMediaType(
    mediaType ?? 'application/json',
    all.map((one) => one.mediaType),
  )
  return all.find((one) => one.mediaType === best) ?? all.find((one) => isJson(one.mediaType))
}

/**
 * Holds what a stub asks of the body to what the operation takes: a body that the upstream would
 * refuse is one that no client should send.
 */
export const compareBody = async (
  patterns: readonly JsonObject[],
  mediaType: string | undefined,
  operation: Operation,
  spec: Spec,
): Promise<StubComparison> => {
  const disagreements: StubDisagreement[] = []
  const unchecked: string[] = []
  for (const [index, pattern] of patterns.entries()) {
    const segments = ['request', 'bodyPatterns', String(index)]
    const [kind = 'matcher'] = Object.keys(pattern)
    if (operation.requestBody === undefined) {
      if (pattern['absent'] === true) continue
      disagreements.push({
        summary: `The stub asks for a body of ${operation.method} ${operation.path}, and the spec describes none.`,
        expected: 'no body',
        actual: kind,
        segments,
        pointer: operation.pointer,
      })
      continue
    }
    const asked = askedBody(pattern)
    const schema = contentOf(operation, mediaType)?.schema
    if (asked === undefined || schema === undefined) {
      unchecked.push(`the body that it asks for (${kind})`)
      continue
    }
    const { violations, isOpen } = await bestOf(asked, schema, spec)
    if (isOpen) unchecked.push(`the body that it asks for (${kind})`)
    for (const violation of violations) {
      const where =
        violation.instancePath === '' ? 'a body' : `a body whose "${violation.instancePath}"`
      const inside = isObject(pattern['equalToJson']) ? segmentsOf(violation.instancePath) : []
      disagreements.push({
        summary: `The stub asks ${operation.method} ${operation.path} for ${where} ${violation.keyword === 'required' ? 'has' : 'is'} ${readable(violation.actual)}, and the spec says ${violation.expected}.`,
        expected: violation.expected,
        actual: readable(violation.actual),
        segments: [...segments, kind, ...inside],
        pointer: violation.schemaPointer,
      })
    }
  }
  return { disagreements, unchecked }
}
