import { arrayOr, isObject, type JsonObject, type JsonValue } from '../json.ts'
import { below } from '../pointer.ts'
import { flattened } from './merge.ts'
import { placesIn } from './places.ts'

const primitive = (text: string, types: readonly JsonValue[]): readonly JsonValue[] => {
  const isNumber = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text)
  const wantsNumber = types.includes('integer') || types.includes('number')
  return [
    ...(wantsNumber && isNumber ? [Number(text)] : []),
    ...(types.includes('boolean') && (text === 'true' || text === 'false')
      ? [text === 'true']
      : []),
    ...(types.includes('null') && text === '' ? [null] : []),
    text,
  ]
}

const typesOf = (schema: JsonObject): readonly JsonValue[] =>
  Array.isArray(schema['type']) ? arrayOr(schema['type']) : [schema['type'] ?? 'string']

const branchTypes = (document: JsonObject, schema: JsonValue): readonly JsonValue[] => {
  const count = isObject(schema) ? arrayOr(schema['anyOf'] ?? schema['oneOf']).length : 0
  const choices = Array.from({ length: Math.max(1, count) }, (_, index) => index)
  return choices.flatMap((index) => typesOf(flattened(document, schema, (all) => index % all)))
}

/**
 * What the text of a header may mean under a schema (style `simple`, OpenAPI 3.1, 4.8.21): the most
 * specific reading first. A text is valid where one of its readings is.
 */
export const headerReadings = (
  text: string,
  schema: JsonValue,
  document: JsonObject,
  explode: boolean,
): readonly JsonValue[] => {
  const flat = flattened(document, schema, () => 0)
  const types = branchTypes(document, schema)
  const parts = text.split(',').map((part) => part.trim())
  if (types.includes('array')) {
    const itemTypes = branchTypes(document, flat['items'] ?? {})
    return [parts.map((part) => primitive(part, itemTypes)[0] ?? part)]
  }
  if (types.includes('object')) {
    const pairs = explode
      ? parts.map((part): [string, string] => [
          part.split('=')[0] ?? '',
          part.slice(part.indexOf('=') + 1),
        ])
      : parts.flatMap((part, index): [string, string][] =>
          index % 2 === 0 ? [[part, parts[index + 1] ?? '']] : [],
        )
    const properties = isObject(flat['properties']) ? flat['properties'] : {}
    return [
      Object.fromEntries(
        pairs.map(([name, value]) => [
          name,
          primitive(value, branchTypes(document, properties[name] ?? {}))[0] ?? value,
        ]),
      ),
    ]
  }
  return primitive(text, types)
}

/**
 * What a parameter's value may be taken for once it is text in a URL or a header: a number written
 * as text and the number itself are one there.
 */
export const parameterReadings = (
  document: JsonObject,
  { schema }: { readonly schema?: string },
  value: JsonValue,
): readonly JsonValue[] => {
  if (schema === undefined) return [value]
  return textReadings(document, schema, textsOf(value))
}

const textsOf = (value: JsonValue): readonly string[] =>
  Array.isArray(value) ? (value as readonly JsonValue[]).map(textOf) : [textOf(value)]

const textOf = (value: JsonValue): string =>
  typeof value === 'string' ? value : JSON.stringify(value)

/** The readings of the texts that came for one parameter: one text, or several of a list. */
export const textReadings = (
  document: JsonObject,
  schema: string,
  texts: readonly string[],
): readonly JsonValue[] => {
  const raw = { $ref: `#${schema}` }
  const types = branchTypes(document, raw)
  if (types.includes('array')) {
    const itemTypes = branchTypes(document, flattened(document, raw, () => 0)['items'] ?? {})
    return [texts.map((text) => primitive(text, itemTypes)[0] ?? text)]
  }
  return primitive(texts[0] ?? '', types)
}

/**
 * What a form says: each field as its schema reads it. There is no other text in a form than text, so
 * that a number in place of a text is none.
 */
export const formReading = (
  document: JsonObject,
  schema: string,
  fields: Readonly<Record<string, readonly string[]>>,
): JsonObject => {
  const places = placesIn(document, { $ref: `#${schema}` }, {})
  return Object.fromEntries(
    Object.entries(fields).map(([name, texts]) => {
      const place = places.find(({ at }) => at === below('', name))
      const types = place === undefined ? ['string'] : typesOf(place.schema)
      const [first = ''] = texts
      if (!types.includes('array')) return [name, primitive(first, notNull(types))[0] ?? first]
      const itemTypes = branchTypes(document, place?.schema['items'] ?? {})
      return [name, texts.map((text) => primitive(text, notNull(itemTypes))[0] ?? text)]
    }),
  )
}

/** An empty text in a form is one. */
const notNull = (types: readonly JsonValue[]): readonly JsonValue[] =>
  types.filter((type) => type !== 'null')

/** A value of a form's field, and what it is once it is sent; objects are left as they are. */
export const asForm = (document: JsonObject, schema: string, value: JsonObject): JsonObject => {
  const flat = Object.entries(value).filter(
    ([, part]) =>
      part !== null &&
      !(Array.isArray(part) ? (part as readonly JsonValue[]) : [part]).some(isObject),
  )
  const texts = Object.fromEntries(flat.map(([name, part]) => [name, textsOf(part)]))
  return { ...value, ...formReading(document, schema, texts) }
}
