import type { Place } from '../../model/place.ts'
import { arrayOr, isObject, named, objectOr, stringOr, type JsonObject } from '../json.ts'
import { below } from '../pointer.ts'
import type {
  DocumentedResponse,
  Operation,
  Parameter,
  SecurityAlternative,
  SecurityScheme,
} from '../types.ts'
import { methods } from './grammar.ts'
import { contentOf, headersAt, objectAt, parameterAt, requestBodyAt } from './parts.ts'

/** Parameters of these names in headers mean nothing (OpenAPI 3.1, 4.8.12.2). */
const ignoredHeaders: ReadonlySet<string> = new Set(['accept', 'content-type', 'authorization'])

const isIgnored = ({ in: where, name }: Parameter): boolean =>
  where === 'header' && ignoredHeaders.has(name.toLowerCase())

/** Parameters of the path item and the operation; the operation's own replace those of the item. */
const parametersOf = (
  document: JsonObject,
  itemPointer: string,
  pointer: string,
): readonly Parameter[] => {
  const merged = new Map<string, Parameter>()
  for (const owner of [itemPointer, pointer]) {
    const list = arrayOr(objectAt(document, owner)?.value['parameters'])
    for (const index of list.keys()) {
      const parameter = parameterAt(document, below(owner, 'parameters', index))
      if (parameter === undefined || isIgnored(parameter)) continue
      merged.set(`${parameter.in} ${parameter.name}`, parameter)
    }
  }
  return [...merged.values()]
}

const responsesOf = (
  document: JsonObject,
  pointer: string,
  operation: JsonObject,
): readonly DocumentedResponse[] =>
  Object.keys(objectOr(operation['responses']))
    .filter((status) => !status.startsWith('x-'))
    .flatMap((status) => {
      const at = below(pointer, 'responses', status)
      const found = objectAt(document, at)
      if (found === undefined) return []
      return {
        status: status === 'default' ? status : status.toUpperCase(),
        headers: headersAt(document, found.pointer, found.value),
        content: contentOf(document, found.pointer, found.value),
        pointer: at,
      }
    })

const securityOf = (document: JsonObject, operation: JsonObject): readonly SecurityAlternative[] =>
  arrayOr(operation['security'] ?? document['security']).map((alternative) =>
    Object.entries(objectOr(alternative)).map(([scheme, scopes]) => ({
      scheme,
      scopes: arrayOr(scopes).filter((scope) => typeof scope === 'string'),
    })),
  )

/** The path of the first server, its variables at their defaults, without a slash at its end. */
const basePathOf = (...owners: readonly JsonObject[]): string => {
  const server = owners
    .map((owner) => arrayOr(owner['servers'])[0])
    .find((first) => isObject(first))
  const url = stringOr(objectOr(server)['url'])
  if (url === undefined) return ''
  const variables = objectOr(objectOr(server)['variables'])
  const filled = url.replaceAll(/\{([^}]*)\}/g, (_, name: string) =>
    named(objectOr(variables[name])['default'] ?? ''),
  )
  try {
    const { pathname } = new URL(filled, 'http://server.invalid')
    return pathname.replace(/\/+$/, '')
  } catch {
    return ''
  }
}

/** All operations of a bundled document, in its order. */
export const operationsOf = (
  document: JsonObject,
  locate: (pointer: string) => Place,
): readonly Operation[] =>
  Object.keys(objectOr(document['paths'])).flatMap((path) => {
    const itemPointer = below('/paths', path)
    const item = objectAt(document, itemPointer)
    if (item === undefined || path.startsWith('x-')) return []
    const additional = objectOr(item.value['additionalOperations'])
    const all = [
      ...methods.map((method) => ({ method: method.toUpperCase(), segments: [method] })),
      ...Object.keys(additional).map((method) => ({
        method,
        segments: ['additionalOperations', method],
      })),
    ]
    return all.flatMap(({ method, segments }): Operation | readonly Operation[] => {
      const pointer = below(item.pointer, ...segments)
      const operation = objectAt(document, pointer)?.value
      if (operation === undefined) return []
      const operationId = stringOr(operation['operationId'])
      const requestBody = requestBodyAt(document, below(pointer, 'requestBody'))
      return {
        method,
        path,
        basePath: basePathOf(operation, item.value, document),
        ...(operationId === undefined ? {} : { operationId }),
        deprecated: operation['deprecated'] === true,
        parameters: parametersOf(document, item.pointer, pointer),
        ...(requestBody === undefined ? {} : { requestBody }),
        responses: responsesOf(document, pointer, operation),
        security: securityOf(document, operation),
        pointer,
        place: locate(pointer),
      }
    })
  })

/** The security schemes that a document describes, by name. */
export const securitySchemesOf = (
  document: JsonObject,
): Readonly<Record<string, SecurityScheme>> => {
  const pointer = '/components/securitySchemes'
  const names = Object.keys(objectOr(objectAt(document, pointer)?.value))
  return Object.fromEntries(
    names.flatMap((name) => {
      const scheme = objectAt(document, below(pointer, name))?.value
      if (scheme === undefined) return []
      const where = scheme['in']
      const field = stringOr(scheme['name'])
      const http = stringOr(scheme['scheme'])?.toLowerCase()
      return [
        [
          name,
          {
            name,
            type: stringOr(scheme['type']) ?? '',
            ...(http === undefined ? {} : { scheme: http }),
            ...(where === 'header' || where === 'query' || where === 'cookie' ? { in: where } : {}),
            ...(field === undefined ? {} : { field }),
          },
        ],
      ]
    }),
  )
}

/** What a document describes and nobody can ask a provider for: webhooks and callbacks. */
export const notReplayedOf = (document: JsonObject): readonly string[] => [
  ...Object.keys(objectOr(document['webhooks'])).map((name) => `webhook ${name}`),
  ...Object.entries(objectOr(document['paths'])).flatMap(([path, item]) =>
    methods.flatMap((method) =>
      Object.keys(objectOr(objectOr(objectOr(item)[method])['callbacks'])).map(
        (name) => `callback ${name} of ${method.toUpperCase()} ${path}`,
      ),
    ),
  ),
]
