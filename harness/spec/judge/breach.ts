import { headerOf, type HeaderFields } from '../../model/http.ts'
import type { BrokenPromise } from '../checks/check.ts'
import type { JsonValue } from '../json.ts'
import { bestMediaType, isForm, isJson } from '../media-type.ts'
import { formReading, textReadings } from '../schema/readings.ts'
import type { SchemaVerdict } from '../schema/schemas.ts'
import type { MediaTypeContent, Operation, Parameter, PlannedRequest, Spec } from '../types.ts'

const fromVerdict = (
  { violations }: SchemaVerdict,
  fallback: string,
): BrokenPromise | undefined => {
  const [first] = violations
  if (first === undefined) return undefined
  const at = first.instancePath === '' ? '' : `${first.instancePath}: `
  return { expected: `${at}${first.expected}`, pointer: first.schemaPointer || fallback }
}

/** What the document says of the body that a request has, by its media type. */
export const contentOf = (
  { requestBody }: Operation,
  headers: HeaderFields,
): MediaTypeContent | undefined => {
  const type = headerOf(headers, 'content-type') ?? ''
  const key = bestMediaType(type, requestBody?.content.map(({ mediaType }) => mediaType) ?? [])
  return requestBody?.content.find(({ mediaType }) => mediaType === key)
}

const parsed = (text: string): JsonValue | undefined => {
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    return undefined
  }
}

/** The fields of a form, each with all of its texts. */
const fieldsOf = (text: string): Readonly<Record<string, readonly string[]>> => {
  const fields = new URLSearchParams(text)
  return Object.fromEntries([...fields.keys()].map((name) => [name, fields.getAll(name)]))
}

/** What a body of a request says under a schema: JSON, or a form; `undefined` for all else. */
export const sentBody = (
  { body }: PlannedRequest,
  { mediaType, schema }: MediaTypeContent,
  { document }: Pick<Spec, 'document'>,
): JsonValue | undefined => {
  if (schema === undefined || body === undefined) return undefined
  const text = new TextDecoder().decode(body)
  return isForm(mediaType) ? formReading(document, schema, fieldsOf(text)) : parsed(text)
}

const brokenBody = async (
  planned: PlannedRequest,
  operation: Operation,
  spec: Spec,
): Promise<BrokenPromise | undefined> => {
  const content = contentOf(operation, planned.headers)
  if (content?.schema === undefined) return undefined
  const value = sentBody(planned, content, spec)
  if (value === undefined) return undefined
  return fromVerdict(await spec.schemas.check(content.schema, 'request', value), content.pointer)
}

/** The texts that were sent for a parameter, decoded; `undefined` where it was not sent. */
export const textsOf = (
  planned: PlannedRequest,
  parameter: Parameter,
  operation: Operation,
): readonly string[] | undefined => {
  const { in: place, name, explode, style } = parameter
  const separator = style === 'spaceDelimited' ? ' ' : style === 'pipeDelimited' ? '|' : ','
  if (place === 'header') {
    const text = headerOf(planned.headers, name)
    return text === undefined ? undefined : [text]
  }
  const [path = '', query = ''] = planned.target.split('?', 2)
  if (place === 'path') {
    const pattern = (operation.basePath + operation.path)
      .split(/\{[^{}]*\}/)
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
      .join('([^/]+)')
    const names = [...operation.path.matchAll(/\{([^{}]*)\}/g)].map(([, key]) => key)
    const text = new RegExp(`^${pattern}$`).exec(path)?.[names.indexOf(name) + 1]
    return text === undefined ? undefined : [decodeURIComponent(text)]
  }
  const pairs =
    place === 'cookie' ? (headerOf(planned.headers, 'cookie') ?? '').replaceAll('; ', '&') : query
  const values = new URLSearchParams(pairs).getAll(name)
  if (values.length === 0) return undefined
  return explode ? values : (values[0] ?? '').split(separator)
}

const brokenParameter = async (
  planned: PlannedRequest,
  parameter: Parameter,
  operation: Operation,
  spec: Spec,
): Promise<BrokenPromise | undefined> => {
  const texts = textsOf(planned, parameter, operation)
  if (texts === undefined || parameter.schema === undefined) return undefined
  let broken: BrokenPromise | undefined
  for (const reading of textReadings(spec.document, parameter.schema, texts)) {
    const verdict = await spec.schemas.check(parameter.schema, 'request', reading)
    if (verdict.violations.length === 0) return undefined
    broken ??= fromVerdict(verdict, parameter.pointer)
  }
  return broken
}

/**
 * What a request breaks that was made to break something, judged by its bytes alone: a mutation that
 * leaves it valid - as text in a URL, for example - breaks nothing.
 */
export const breachOf = async (
  planned: PlannedRequest,
  operation: Operation,
  spec: Spec,
): Promise<BrokenPromise | undefined> => {
  const { intent } = planned
  if (intent?.kind !== 'invalid') return undefined
  const { breach } = intent
  const pointer = operation.requestBody?.pointer ?? operation.pointer
  const type = headerOf(planned.headers, 'content-type')
  switch (breach.part) {
    case 'body':
      return brokenBody(planned, operation, spec)
    case 'parameter':
      return brokenParameter(planned, breach.parameter, operation, spec)
    case 'missing-parameter':
      return textsOf(planned, breach.parameter, operation) === undefined
        ? {
            expected: `the ${breach.parameter.in} parameter "${breach.parameter.name}", which is required`,
            pointer: breach.parameter.pointer,
          }
        : undefined
    case 'missing-body':
      return planned.body === undefined || planned.body.length === 0
        ? { expected: 'a body, which is required', pointer }
        : undefined
    case 'malformed-body':
      return isJson(type ?? '') && parsed(new TextDecoder().decode(planned.body)) === undefined
        ? { expected: 'a body that is JSON', pointer }
        : undefined
    case 'media-type':
      return contentOf(operation, planned.headers) === undefined
        ? {
            expected: `a body of the media type ${(operation.requestBody?.content ?? []).map(({ mediaType }) => mediaType).join(' or ')}, else 415`,
            pointer,
          }
        : undefined
    default:
      return {
        expected: '406 where no documented media type is accepted',
        pointer: operation.pointer,
      }
  }
}
