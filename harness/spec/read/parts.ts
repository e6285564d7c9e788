import { arrayOr, isObject, objectOr, stringOr, type JsonObject, type JsonValue } from '../json.ts'
import { below, resolved } from '../pointer.ts'
import type {
  Encoding,
  MediaTypeContent,
  NamedExample,
  Parameter,
  ParameterIn,
  ParameterStyle,
  RequestBody,
  ResponseHeader,
} from '../types.ts'

const styleByIn: Readonly<Record<ParameterIn, ParameterStyle>> = {
  path: 'simple',
  header: 'simple',
  query: 'form',
  cookie: 'form',
}

/** The object that stands at a pointer, references followed, with the pointer where it is written. */
export const objectAt = (
  document: JsonObject,
  pointer: string,
): { readonly pointer: string; readonly value: JsonObject } | undefined => {
  const found = resolved(document, pointer)
  return found !== undefined && isObject(found.value)
    ? { pointer: found.pointer, value: found.value }
    : undefined
}

const exampleValue = (example: JsonObject): JsonValue | undefined =>
  example['value'] ?? example['dataValue']

/** Examples of a schema itself: they speak for what uses it, where that has none of its own. */
const schemaExamples = (
  document: JsonObject,
  pointer: string | undefined,
): readonly NamedExample[] => {
  const schema = pointer === undefined ? undefined : objectAt(document, pointer)?.value
  if (schema === undefined) return []
  const list = [...arrayOr(schema['examples'])]
  if (schema['example'] !== undefined) list.unshift(schema['example'])
  return list.map((value, index) => ({ name: index === 0 ? 'default' : String(index + 1), value }))
}

const examplesOf = (
  document: JsonObject,
  pointer: string,
  part: JsonObject,
  schema: string | undefined,
): readonly NamedExample[] => {
  const named = Object.keys(objectOr(part['examples'])).flatMap((name) => {
    const example = objectAt(document, below(pointer, 'examples', name))?.value
    const value = example === undefined ? undefined : exampleValue(example)
    return value === undefined ? [] : [{ name, value }]
  })
  if (part['example'] !== undefined) named.unshift({ name: 'default', value: part['example'] })
  return named.length > 0 ? named : schemaExamples(document, schema)
}

const encodingsOf = (part: JsonObject): Readonly<Record<string, Encoding>> =>
  Object.fromEntries(
    Object.entries(objectOr(part['encoding'])).map(([name, value]) => {
      const { contentType, style, explode } = objectOr(value)
      return [
        name,
        {
          ...(typeof contentType === 'string' ? { contentType } : {}),
          ...(typeof style === 'string' ? { style: style as ParameterStyle } : {}),
          ...(typeof explode === 'boolean' ? { explode } : {}),
        },
      ]
    }),
  )

/** The media types of a `content`, in the order of the document. */
export const contentOf = (
  document: JsonObject,
  pointer: string,
  part: JsonObject,
): readonly MediaTypeContent[] =>
  Object.keys(objectOr(part['content'])).flatMap((mediaType) => {
    const at = below(pointer, 'content', mediaType)
    const found = objectAt(document, at)
    if (found === undefined) return []
    const schema = found.value['schema'] === undefined ? undefined : below(found.pointer, 'schema')
    return {
      mediaType,
      ...(schema === undefined ? {} : { schema }),
      examples: examplesOf(document, found.pointer, found.value, schema),
      encoding: encodingsOf(found.value),
      pointer: at,
    }
  })

/** Schema and media type of what is written with either `schema` or `content`. */
const schemaOf = (
  document: JsonObject,
  pointer: string,
  part: JsonObject,
): { readonly schema?: string; readonly mediaType?: string } => {
  if (part['schema'] !== undefined) return { schema: below(pointer, 'schema') }
  const [content] = contentOf(document, pointer, part)
  if (content === undefined) return {}
  return {
    mediaType: content.mediaType,
    ...(content.schema === undefined ? {} : { schema: content.schema }),
  }
}

/** A parameter with the defaults that OpenAPI 3.1, 4.8.12 gives; `undefined` without name or place. */
export const parameterAt = (document: JsonObject, pointer: string): Parameter | undefined => {
  const found = objectAt(document, pointer)
  if (found === undefined) return undefined
  const { name, required, allowReserved } = found.value
  const place = stringOr(found.value['in'])
  if (typeof name !== 'string' || place === undefined || !Object.hasOwn(styleByIn, place)) {
    return undefined
  }
  const where = place as ParameterIn
  const style = (stringOr(found.value['style']) as ParameterStyle | undefined) ?? styleByIn[where]
  const shape = schemaOf(document, found.pointer, found.value)
  const [content] = contentOf(document, found.pointer, found.value)
  const own = examplesOf(document, found.pointer, found.value, shape.schema)
  return {
    name,
    in: where,
    required: where === 'path' || required === true,
    style,
    explode:
      typeof found.value['explode'] === 'boolean' ? found.value['explode'] : style === 'form',
    allowReserved: allowReserved === true,
    ...shape,
    examples: own.length > 0 || content === undefined ? own : content.examples,
    pointer: found.pointer,
  }
}

/** The body of a request. */
export const requestBodyAt = (document: JsonObject, pointer: string): RequestBody | undefined => {
  const found = objectAt(document, pointer)
  if (found === undefined) return undefined
  return {
    required: found.value['required'] === true,
    content: contentOf(document, found.pointer, found.value),
    pointer: found.pointer,
  }
}

/** The documented headers of a response; `Content-Type` is none (OpenAPI 3.1, 4.8.17). */
export const headersAt = (
  document: JsonObject,
  pointer: string,
  response: JsonObject,
): readonly ResponseHeader[] =>
  Object.keys(objectOr(response['headers'])).flatMap((name) => {
    const found = objectAt(document, below(pointer, 'headers', name))
    if (found === undefined || name.toLowerCase() === 'content-type') return []
    return {
      name,
      required: found.value['required'] === true,
      explode: found.value['explode'] === true,
      ...schemaOf(document, found.pointer, found.value),
      pointer: found.pointer,
    }
  })
