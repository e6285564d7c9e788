import type { Place } from '../model/place.ts'
import { bestMediaType } from '../spec/media-type.ts'
import { below } from '../spec/pointer.ts'
import type { MediaTypeContent, Operation, Spec } from '../spec/types.ts'
import type { Asked } from './asked.ts'
import { schemaField } from './schema-field.ts'
import { schemaWords } from './schema-words.ts'

/** What a spec says about a part of an interaction, as the end of a sentence, and where. */
export interface Saying {
  readonly words: string
  readonly place: Place
}

/** Anything that has a body: a response, or the body of a request. */
interface Bodied {
  readonly content: readonly MediaTypeContent[]
  readonly pointer: string
}

const typesOf = (content: readonly MediaTypeContent[]): string =>
  content.map(({ mediaType }) => mediaType).join(' or ')

const statusesOf = ({ responses }: Operation): string =>
  responses.length === 0 ? 'no status at all' : responses.map(({ status }) => status).join(', ')

/** The one way of writing a body that counts; the only one where the contract names none. */
const contentFor = (
  content: readonly MediaTypeContent[],
  mediaType: string | undefined,
): MediaTypeContent | undefined => {
  const names = content.map((one) => one.mediaType)
  const best = bestMediaType(mediaType ?? 'application/json', names)
  const found = content.find((one) => one.mediaType === best)
  return found ?? (mediaType === undefined ? content[0] : undefined)
}

const ofField = (spec: Spec, schema: string, steps: readonly string[]): Saying => {
  const field = schemaField(spec.document, schema, steps)
  if (field !== undefined) {
    return { words: schemaWords(spec.document, field), place: spec.locate(field) }
  }
  const known = steps
    .map((_, index) => schemaField(spec.document, schema, steps.slice(0, -1 - index)))
    .find((pointer) => pointer !== undefined)
  return { words: `nothing about ${steps.join('.')}`, place: spec.locate(known ?? schema) }
}

const ofBody = (
  spec: Spec,
  { content, pointer }: Bodied,
  mediaType: string | undefined,
  steps: readonly string[],
): Saying => {
  const found = contentFor(content, mediaType)
  if (found === undefined) {
    const words = content.length === 0 ? 'no body' : `a body of type ${typesOf(content)}`
    return { words, place: spec.locate(pointer) }
  }
  return found.schema === undefined
    ? { words: 'any body', place: spec.locate(found.pointer) }
    : ofField(spec, found.schema, steps)
}

interface Named {
  readonly name: string
  readonly required: boolean
  readonly schema?: string
  readonly pointer: string
}

const ofNamed = (spec: Spec, found: Named | undefined, what: string, pointer: string): Saying => {
  if (found === undefined) return { words: `nothing about ${what}`, place: spec.locate(pointer) }
  const words = found.schema === undefined ? 'any value' : schemaWords(spec.document, found.schema)
  return { words: found.required ? `${words}, required` : words, place: spec.locate(found.pointer) }
}

const sameName =
  (wanted: string) =>
  ({ name }: Named): boolean =>
    name.toLowerCase() === wanted.toLowerCase()

const withoutWrapping = (
  wrapped: boolean,
  [first, ...rest]: readonly string[],
): readonly string[] =>
  first === undefined ? [] : wrapped && first === 'content' ? rest : [first, ...rest]

const ofRequest = (
  spec: Spec,
  operation: Operation,
  { requestMediaType, response, wrapped }: Asked,
  [part, ...rest]: readonly string[],
): Saying | undefined => {
  const { requestBody, parameters, pointer } = operation
  const [name] = rest
  if (part === 'body') {
    const body = requestBody ?? { content: [], pointer }
    return ofBody(spec, body, requestMediaType, withoutWrapping(wrapped, rest))
  }
  if (part === 'headers' && name === undefined) {
    return { words: 'a credential', place: operation.place }
  }
  if (part === 'headers' && /^content-type$/i.test(name ?? '')) {
    const words = typesOf(requestBody?.content ?? []) || 'no body'
    return { words, place: spec.locate(requestBody?.pointer ?? pointer) }
  }
  if (part === 'headers' && /^accept$/i.test(name ?? '')) {
    const words = typesOf(response?.content ?? []) || 'no body'
    return { words, place: spec.locate(response?.pointer ?? pointer) }
  }
  if ((part !== 'headers' && part !== 'query') || name === undefined) return undefined
  const own = parameters.filter((one) => one.in === (part === 'query' ? 'query' : 'header'))
  return ofNamed(
    spec,
    own.find(sameName(name)),
    `the ${part === 'query' ? 'query parameter' : 'header'} ${name}`,
    pointer,
  )
}

/**
 * What a spec says about the part of an interaction that these segments lead to: a status, a header,
 * a parameter, a field of a body. `undefined` where it is none of them.
 *
 * @example
 * specSays(spec, asked, ['response', 'body', 'content', 'total'])?.words // 'integer, at least 0'
 */
export const specSays = (
  spec: Spec,
  asked: Asked,
  segments: readonly string[],
): Saying | undefined => {
  const { operation, response, method, path, status, mediaType, wrapped } = asked
  const [side, ...inside] = segments
  const [part, ...rest] = inside
  if (operation === undefined) {
    return { words: `nothing about ${method} ${path}`, place: spec.locate('/paths') }
  }
  if (side === 'request') return ofRequest(spec, operation, asked, inside)
  if (side !== 'response') return undefined
  if (response === undefined) {
    const words = `nothing about the status ${status}: it knows ${statusesOf(operation)}`
    return { words, place: spec.locate(below(operation.pointer, 'responses')) }
  }
  if (part === 'status') {
    const words = `the statuses ${statusesOf(operation)}`
    return { words, place: spec.locate(below(operation.pointer, 'responses')) }
  }
  if (part === 'headers') {
    const [name = 'content-type'] = rest
    if (/^content-type$/i.test(name)) {
      return { words: typesOf(response.content) || 'no body', place: spec.locate(response.pointer) }
    }
    const found = response.headers.find(sameName(name))
    return ofNamed(spec, found, `the header ${name}`, response.pointer)
  }
  return part === 'body'
    ? ofBody(spec, response, mediaType, withoutWrapping(wrapped, rest))
    : undefined
}
