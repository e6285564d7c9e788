import { upgrade } from '@scalar/openapi-upgrader'
import { isObject, named, type JsonObject, type JsonValue } from '../json.ts'
import { childrenOf, type Kind } from './grammar.ts'

type Mutable = Record<string, JsonValue>

/** What is left of `nullable` after the upgrade, in the words of JSON Schema. */
const withoutNullable = (schema: Mutable): void => {
  const { type } = schema
  const nullable = schema['nullable'] === true
  delete schema['nullable']
  if (nullable && typeof type === 'string') schema['type'] = [type, 'null']
  else if (nullable && type === undefined && (schema['anyOf'] ?? schema['oneOf']) !== undefined) {
    const key = schema['anyOf'] === undefined ? 'oneOf' : 'anyOf'
    const branches = schema[key]
    if (Array.isArray(branches)) schema[key] = [...(branches as JsonValue[]), { type: 'null' }]
  }
}

/** Whoever writes nullable beside an enum means null too, whatever the enum lists. */
const nullableEnum = (schema: Mutable): void => {
  const values = schema['enum']
  if (schema['nullable'] !== true || !Array.isArray(values)) return
  if (!(values as JsonValue[]).includes(null)) schema['enum'] = [...(values as JsonValue[]), null]
}

const eachSchema = (value: JsonValue, kind: Kind, visit: (schema: Mutable) => void): void => {
  if (!isObject(value)) return
  if (kind === 'schema') visit(value)
  for (const child of childrenOf(kind, value)) eachSchema(child.value, child.kind, visit)
}

/**
 * Brings a bundled document of OpenAPI 2.0 or 3.0 to 3.1, and gives `nullable` the meaning that
 * its authors intend: a nullable enum admits null. Changes the document that it is given.
 */
export const upgraded = (document: JsonObject): JsonObject => {
  const version = named(document['openapi'] ?? document['swagger'])
  if (version.startsWith('3.1') || version.startsWith('3.2')) return document
  eachSchema(document, 'document', nullableEnum)
  const result = upgrade(document, '3.1') as unknown as JsonObject
  eachSchema(result, 'document', withoutNullable)
  return result
}
