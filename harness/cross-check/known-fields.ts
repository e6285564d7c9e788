import type { KnownField } from '../guide/check/known.ts'
import { isObject, objectOr, type JsonObject, type JsonValue } from '../spec/json.ts'
import { resolved } from '../spec/pointer.ts'
import { flattened } from '../spec/schema/merge.ts'
import type { Operation, Spec } from '../spec/types.ts'

const kindOf = ({ type }: JsonObject): KnownField['kind'] => {
  const types = (Array.isArray(type) ? type : [type]).filter((one) => one !== 'null')
  if (types.length !== 1) return 'other'
  if (types[0] === 'integer' || types[0] === 'number') return 'number'
  if (types[0] === 'string') return 'text'
  return types[0] === 'array' ? 'list' : 'other'
}

const boundsBy = {
  number: ['maximum', 'minimum'],
  text: ['maxLength', 'minLength'],
  list: ['maxItems', 'minItems'],
} as const

/** A schema of several forms has no bounds that a page could mean. */
const plain = (document: JsonObject, schema: JsonValue): JsonObject => {
  const joined = flattened(document, schema, () => 0)
  const branches = isObject(schema) ? (schema['anyOf'] ?? schema['oneOf']) : undefined
  return branches === undefined ? joined : {}
}

const fieldOf = (spec: Spec, name: string, pointer: string): KnownField => {
  const { document } = spec
  const at = resolved(document, pointer)
  const schema = at === undefined ? {} : plain(document, at.value)
  const kind = kindOf(schema)
  const [most, least] = kind === 'other' ? [] : boundsBy[kind]
  const maximum = most === undefined ? undefined : schema[most]
  const minimum = least === undefined ? undefined : schema[least]
  const { default: usual } = schema
  return {
    name,
    kind,
    place: spec.locate(at?.pointer ?? pointer),
    ...(typeof maximum === 'number' ? { maximum } : {}),
    ...(typeof minimum === 'number' ? { minimum } : {}),
    ...(usual === undefined || isObject(usual) || Array.isArray(usual)
      ? {}
      : { default: typeof usual === 'string' ? usual : JSON.stringify(usual) }),
  }
}

/** The parameters of an operation, and the members at the top of the bodies that it takes. */
export const knownFields = (spec: Spec, operation: Operation): readonly KnownField[] => [
  ...operation.parameters.flatMap(({ name, schema }) =>
    schema === undefined ? [] : [fieldOf(spec, name, schema)],
  ),
  ...(operation.requestBody?.content ?? []).flatMap(({ schema }) => {
    const at = schema === undefined ? undefined : resolved(spec.document, schema)
    if (at === undefined) return []
    return Object.keys(objectOr(objectOr(at.value)['properties'])).map((name) =>
      fieldOf(
        spec,
        name,
        `${at.pointer}/properties/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      ),
    )
  }),
]
