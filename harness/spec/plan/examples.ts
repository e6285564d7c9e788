import type { HeaderFields } from '../../model/http.ts'
import type { JsonValue } from '../json.ts'
import { essenceOf, isJson } from '../media-type.ts'
import { generate } from '../schema/generate.ts'
import type { Schemas } from '../schema/schemas.ts'
import type {
  MediaTypeContent,
  NamedExample,
  Operation,
  Parameter,
  PlannedRequest,
  Spec,
} from '../types.ts'
import { isWritable, writeBody, type WrittenBody } from './body.ts'
import { serialise } from './serialise.ts'

/** What planning the requests of one operation needs. */
export interface ExampleContext {
  readonly spec: Spec
  readonly seed: number
  /** Values that the user gave by name; they come before the document's. */
  readonly given: Readonly<Record<string, string>>
  readonly credentials: readonly string[]
}

/** The requests, or why there can be none. */
export type PlannedExamples =
  | { readonly requests: readonly PlannedRequest[] }
  | { readonly problem: string; readonly pointer: string; readonly fix: string }

/** Documented examples beyond this are not asked: a document may hold thousands. */
const requestsMax = 20

/** RFC 9110, 5.1: what a header may be called. Documents write other names. */
const isToken = (name: string): boolean => /^[\w!#$%&'*+.^`|~-]+$/.test(name)

const typed = (text: string): JsonValue => {
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    return text
  }
}

const soundExamples = (
  examples: readonly NamedExample[],
  schema: string | undefined,
  schemas: Schemas,
): readonly NamedExample[] =>
  schema === undefined
    ? examples
    : examples.filter(({ value }) => schemas.accepts(schema, 'request', value))

/** A path's part that is empty or dots is another path. */
const isPathPart = (value: JsonValue): boolean =>
  !['', '.', '..'].includes(typeof value === 'object' ? '' : String(value))

/** A header's value is one line of visible ASCII here, so that it arrives as it was sent. */
const isHeaderText = (value: JsonValue): boolean =>
  /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(
    typeof value === 'string' ? value : JSON.stringify(value),
  )

/** The values that a parameter may take, by the name of the example. */
interface Choice {
  readonly parameter: Parameter
  readonly examples: readonly NamedExample[]
}

const choiceFor = (
  parameter: Parameter,
  { spec, given, seed }: ExampleContext,
): Choice | undefined => {
  const { name, schema } = parameter
  const text = Object.hasOwn(given, name) ? given[name] : undefined
  if (text !== undefined) {
    const value =
      schema !== undefined && spec.schemas.accepts(schema, 'request', text) ? text : typed(text)
    return { parameter, examples: [{ name: 'given', value }] }
  }
  const usable =
    parameter.in === 'path' ? isPathPart : parameter.in === 'header' ? isHeaderText : () => true
  const documented = soundExamples(parameter.examples, schema, spec.schemas).filter(({ value }) =>
    usable(value),
  )
  if (documented.length > 0) return { parameter, examples: documented }
  if (!parameter.required) return { parameter, examples: [] }
  const value =
    schema === undefined
      ? 'text'
      : generate(schema, { document: spec.document, schemas: spec.schemas, seed, accepts: usable })
  return value === undefined ? undefined : { parameter, examples: [{ name: 'generated', value }] }
}

/** One way of writing the body. */
interface BodyChoice {
  readonly name: string
  readonly written: WrittenBody
}

const bodiesFor = (
  content: MediaTypeContent,
  { spec, seed }: ExampleContext,
): readonly BodyChoice[] => {
  const { schema } = content
  const isText = !isJson(content.mediaType) && !isWritable(content.mediaType)
  const documented = isText
    ? content.examples.filter(({ value }) => typeof value === 'string')
    : soundExamples(content.examples, schema, spec.schemas)
  const values = [...documented]
  if (values.length === 0 && isWritable(content.mediaType)) {
    const isBytes = essenceOf(content.mediaType) === 'application/octet-stream'
    const value =
      schema === undefined || isBytes
        ? 'text'
        : generate(schema, { document: spec.document, schemas: spec.schemas, seed })
    if (value !== undefined) values.push({ name: 'generated', value })
  }
  return values.flatMap(({ name, value }) => {
    const written = writeBody(content, value)
    return written === undefined ? [] : [{ name, written }]
  })
}

const isSuccess = (status: string): boolean => /^[23]/.test(status)

/** All documented media types of answers, those of success first: a provider may choose by it. */
const acceptOf = ({ responses }: Operation): string | undefined => {
  const inOrder = [
    ...responses.filter(({ status }) => isSuccess(status)),
    ...responses.filter(({ status }) => !isSuccess(status)),
  ]
  const types = inOrder.flatMap(({ content }) => content.map(({ mediaType }) => mediaType))
  return types.length === 0 ? undefined : [...new Set(types)].join(', ')
}

const pairs = (list: readonly (readonly [string, string])[], separator: string): string =>
  list.map(([key, value]) => `${key}=${value}`).join(separator)

const requestOf = (
  operation: Operation,
  name: string,
  values: readonly (readonly [Parameter, JsonValue])[],
  body: BodyChoice | undefined,
  credentials: readonly string[],
): PlannedRequest => {
  const { path, query, headers, cookies } = serialise(operation.path, values)
  const accept = acceptOf(operation)
  const fields: HeaderFields = [
    ...(accept === undefined ? [] : [['Accept', accept] as const]),
    ...headers,
    ...(cookies.length === 0 ? [] : [['Cookie', pairs(cookies, '; ')] as const]),
    ...(body === undefined ? [] : [['Content-Type', body.written.contentType] as const]),
  ]
  return {
    name,
    method: operation.method,
    target: `${operation.basePath}${path}${query.length === 0 ? '' : `?${pairs(query, '&')}`}`,
    basePath: operation.basePath,
    headers: fields,
    ...(body === undefined ? {} : { body: body.written.body }),
    credentials,
  }
}

const isDocumented = (name: string): boolean => name !== 'generated' && name !== 'given'

const shownName = (name: string): string =>
  name === 'default' ? 'documented example' : isDocumented(name) ? `example "${name}"` : name

/**
 * The requests of the technique `examples`: each documented example of a body or parameter once
 * (those of one name together), with what is required and has none generated; first without, then
 * with the optional parameters that have examples.
 *
 * Examples that break their own schema are passed over: they would be refused, rightly.
 */
export const planExamples = (operation: Operation, context: ExampleContext): PlannedExamples => {
  const choices: Choice[] = []
  for (const parameter of operation.parameters) {
    if (parameter.in === 'header' && !isToken(parameter.name)) continue
    const choice = choiceFor(parameter, context)
    if (choice === undefined) {
      return {
        problem: `No valid value is known for the ${parameter.in} parameter "${parameter.name}", and none could be generated from its schema.`,
        pointer: parameter.pointer,
        fix: `add an example to it, or give one: --example ${parameter.name}=…`,
      }
    }
    choices.push(choice)
  }
  const content = operation.requestBody?.content ?? []
  const bodies: (BodyChoice | undefined)[] = content.flatMap((type) => bodiesFor(type, context))
  if (bodies.length === 0 && content.length > 0 && operation.requestBody?.required === true) {
    return {
      problem: `No valid body is known in ${content.map(({ mediaType }) => mediaType).join(' or ')}, and none could be generated.`,
      pointer: operation.requestBody.pointer,
      fix: 'add an example of the body to the document',
    }
  }
  if (bodies.length === 0) bodies.push(undefined)

  const optional = choices.filter(
    ({ parameter, examples }) => !parameter.required && examples.length > 0,
  )
  const pick = (
    wanted: string,
    withOptional: boolean,
  ): readonly (readonly [Parameter, JsonValue])[] =>
    choices.flatMap(({ parameter, examples }) => {
      const isGiven = examples[0]?.name === 'given'
      const example = examples.find(({ name }) => name === wanted) ?? examples[0]
      return example === undefined || (!parameter.required && !withOptional && !isGiven)
        ? []
        : [[parameter, example.value] as const]
    })
  const names = new Set([
    ...bodies.flatMap((body) => (body === undefined ? [] : [body.name])),
    ...choices.flatMap(({ examples }) => examples.map(({ name }) => name)),
  ])
  const ordered = [...names].toSorted((a, b) => Number(isDocumented(b)) - Number(isDocumented(a)))
  const requests = new Map<string, PlannedRequest>()
  const add = (name: string, body: BodyChoice | undefined, withOptional: boolean): void => {
    const request = requestOf(
      operation,
      shownName(name),
      pick(name, withOptional),
      body,
      context.credentials,
    )
    const key = JSON.stringify([
      request.target,
      request.headers,
      Buffer.from(request.body ?? []).toString('base64'),
    ])
    if (requests.size < requestsMax && !requests.has(key)) requests.set(key, request)
  }
  for (const body of bodies) add(body?.name ?? ordered[0] ?? 'generated', body, false)
  for (const name of ordered) {
    add(name, bodies.find((body) => body?.name === name) ?? bodies[0], optional.length > 0)
  }
  return { requests: [...requests.values()] }
}
