import { arrayOr, isObject, named, shown, type JsonObject, type JsonValue } from '../spec/json.ts'
import { resolved } from '../spec/pointer.ts'

const bounds = [
  ['minimum', 'at least'],
  ['maximum', 'at most'],
  ['exclusiveMinimum', 'more than'],
  ['exclusiveMaximum', 'less than'],
] as const

const lengths = [
  ['minLength', 'at least', 'characters'],
  ['maxLength', 'at most', 'characters'],
  ['minItems', 'at least', 'items'],
  ['maxItems', 'at most', 'items'],
] as const

const valuesMax = 8

const valuesOf = ({ enum: values, const: only }: JsonObject): readonly string[] => {
  if (only !== undefined) return [shown(only, 40)]
  if (!Array.isArray(values)) return []
  const all = arrayOr(values).map((value) => shown(value, 40))
  return [`one of ${all.slice(0, valuesMax).join(', ')}${all.length > valuesMax ? ', …' : ''}`]
}

const typeOf = ({ type }: JsonObject): readonly string[] => {
  if (Array.isArray(type)) return [arrayOr(type).map(named).join(' or ')]
  return typeof type === 'string' ? [type] : []
}

const choicesOf = (schema: JsonObject): readonly string[] =>
  (['oneOf', 'anyOf'] as const).flatMap((key) =>
    Array.isArray(schema[key])
      ? [`one of the ${arrayOr(schema[key]).length} schemas of ${key}`]
      : [],
  )

/**
 * A schema in a few words, for the reader of a failure: not all that it says.
 *
 * @example
 * schemaWords(document, '/components/schemas/Status') // 'string, one of "open", "paid"'
 */
export const schemaWords = (document: JsonValue, pointer: string): string => {
  const schema = resolved(document, pointer)?.value
  if (schema === false) return 'nothing'
  if (!isObject(schema)) return 'any value'
  const parts = [
    ...typeOf(schema),
    ...valuesOf(schema),
    ...(typeof schema['format'] === 'string' ? [`format ${schema['format']}`] : []),
    ...(typeof schema['pattern'] === 'string' ? [`matching ${shown(schema['pattern'], 60)}`] : []),
    ...bounds.flatMap(([key, word]) =>
      typeof schema[key] === 'number' ? [`${word} ${schema[key]}`] : [],
    ),
    ...lengths.flatMap(([key, word, unit]) =>
      typeof schema[key] === 'number' ? [`${word} ${schema[key]} ${unit}`] : [],
    ),
    ...choicesOf(schema),
  ]
  return parts.length === 0 ? 'any value' : parts.join(', ')
}
