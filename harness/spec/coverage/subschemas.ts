import { arrayOr, isObject, objectOr, type JsonObject } from '../json.ts'
import { below } from '../pointer.ts'

/** Keywords under which branches stand: a value takes one, or several. */
export const branching = ['oneOf', 'anyOf'] as const

const inLists = ['allOf', ...branching, 'prefixItems'] as const
const inMaps = ['properties', 'patternProperties', 'dependentSchemas'] as const
const alone = [
  'items',
  'additionalProperties',
  'unevaluatedProperties',
  'if',
  'then',
  'else',
] as const

/** Pointers of the schemas right under a schema. */
export const subschemas = (schema: JsonObject, at: string): readonly string[] => [
  ...inLists.flatMap((keyword) =>
    arrayOr(schema[keyword]).map((_, index) => below(at, keyword, index)),
  ),
  ...inMaps.flatMap((keyword) =>
    Object.keys(objectOr(schema[keyword])).map((name) => below(at, keyword, name)),
  ),
  ...alone.flatMap((keyword) => (isObject(schema[keyword]) ? [below(at, keyword)] : [])),
]
