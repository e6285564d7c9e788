import { arrayOr, isObject, type JsonObject, type JsonValue } from '../json.ts'
import { flattened } from '../schema/merge.ts'

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
