import type { JsonObject, JsonValue } from '../json.ts'

/** What a part of a document is: tells what its parts are, and whether a `$ref` in it is one. */
export type Kind =
  | 'document'
  | 'pathItem'
  | 'operation'
  | 'parameter'
  | 'requestBody'
  | 'mediaType'
  | 'encoding'
  | 'response'
  | 'header'
  | 'schema'
  | 'example'
  | 'link'
  | 'callback'
  | 'securityScheme'
  | 'components'

type Rule =
  | readonly ['one', Kind]
  | readonly ['map', Kind]
  | readonly ['list', Kind]
  | readonly ['oneOrList', Kind]

const one = (kind: Kind): Rule => ['one', kind]
const map = (kind: Kind): Rule => ['map', kind]
const list = (kind: Kind): Rule => ['list', kind]

/** The methods that a path item can hold, with that of OpenAPI 3.2. */
export const methods = [
  'get',
  'put',
  'post',
  'delete',
  'options',
  'head',
  'patch',
  'trace',
  'query',
] as const

/** Component sections by the kind of what they hold. */
export const sections = {
  schema: 'schemas',
  response: 'responses',
  parameter: 'parameters',
  example: 'examples',
  requestBody: 'requestBodies',
  header: 'headers',
  securityScheme: 'securitySchemes',
  link: 'links',
  callback: 'callbacks',
  pathItem: 'pathItems',
} as const satisfies Partial<Record<Kind, string>>

const withContent = { content: map('mediaType'), schema: one('schema'), examples: map('example') }

const schemaRules: Readonly<Record<string, Rule>> = {
  ...Object.fromEntries(
    ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'].map((key) => [
      key,
      map('schema'),
    ]),
  ),
  ...Object.fromEntries(
    ['allOf', 'anyOf', 'oneOf', 'prefixItems'].map((key) => [key, list('schema')]),
  ),
  ...Object.fromEntries(
    [
      'additionalProperties',
      'unevaluatedProperties',
      'unevaluatedItems',
      'additionalItems',
      'propertyNames',
      'contains',
      'contentSchema',
      'not',
      'if',
      'then',
      'else',
    ].map((key) => [key, one('schema')]),
  ),
  items: ['oneOrList', 'schema'],
}

const rules: Readonly<Record<Kind, Readonly<Record<string, Rule>>>> = {
  document: {
    paths: map('pathItem'),
    webhooks: map('pathItem'),
    components: one('components'),
    // OpenAPI 2.0
    definitions: map('schema'),
    parameters: map('parameter'),
    responses: map('response'),
  },
  components: Object.fromEntries(
    Object.entries(sections).map(([kind, section]) => [section, map(kind as Kind)]),
  ),
  pathItem: {
    parameters: list('parameter'),
    additionalOperations: map('operation'),
    ...Object.fromEntries(methods.map((method) => [method, one('operation')])),
  },
  operation: {
    parameters: list('parameter'),
    requestBody: one('requestBody'),
    responses: map('response'),
    callbacks: map('callback'),
  },
  parameter: { ...withContent, items: one('schema') },
  requestBody: { content: map('mediaType') },
  mediaType: {
    schema: one('schema'),
    itemSchema: one('schema'),
    examples: map('example'),
    encoding: map('encoding'),
  },
  encoding: { headers: map('header') },
  // `examples` of a response is data by media type in OpenAPI 2.0, and nothing later.
  response: {
    headers: map('header'),
    content: map('mediaType'),
    links: map('link'),
    schema: one('schema'),
  },
  header: withContent,
  schema: schemaRules,
  example: {},
  link: {},
  callback: {},
  securityScheme: {},
}

/** Kinds in which a `$ref` is a reference. */
const referable: ReadonlySet<Kind> = new Set([
  ...(Object.keys(sections) as Kind[]),
  // Not in any version's letter, and in many documents.
  'operation',
])

/** Whether a `$ref` at such a part is a reference, rather than data or a property of that name. */
export const isReferable = (kind: Kind): boolean => referable.has(kind)

/** One part of a part: the segments that lead to it from its parent, and what it is. */
export interface Child {
  readonly segments: readonly (string | number)[]
  readonly kind: Kind
  readonly value: JsonValue
}

const partsOf = (key: string, value: JsonValue, [shape, kind]: Rule): readonly Child[] => {
  const isList = Array.isArray(value)
  if (shape === 'one' || (shape === 'oneOrList' && !isList)) {
    return [{ segments: [key], kind, value }]
  }
  if (typeof value !== 'object' || value === null) return []
  if (isList !== (shape !== 'map')) return []
  return Object.entries(value).map(([name, part]) => ({
    segments: [key, isList ? Number(name) : name],
    kind,
    value: part,
  }))
}

/**
 * The parts of a part that are no data, in the order of the document. Maps that specification
 * extensions (`x-…`) may stand in lose those, except schemas and headers of such names.
 */
export const childrenOf = (kind: Kind, value: JsonObject): readonly Child[] => {
  if (kind === 'callback') {
    return Object.entries(value)
      .filter(([name]) => !name.startsWith('x-') && name !== '$ref')
      .map(([name, part]) => ({ segments: [name], kind: 'pathItem', value: part }))
  }
  const table = rules[kind]
  return Object.entries(value).flatMap(([key, part]) => {
    const rule = Object.hasOwn(table, key) ? table[key] : undefined
    if (rule === undefined) return []
    const extensible = key === 'paths' || key === 'responses' || key === 'callbacks'
    return partsOf(key, part, rule).filter(
      ({ segments }) => !(extensible && String(segments[1]).startsWith('x-')),
    )
  })
}
