import { headerOf, type HeaderFields } from '../../model/http.ts'
import { breachOf } from '../../spec/judge/breach.ts'
import { isObject, stringOr, type JsonObject, type JsonValue } from '../../spec/json.ts'
import { bestMediaType } from '../../spec/media-type.ts'
import { valueAt } from '../../spec/pointer.ts'
import type { Operation, Parameter, PlannedRequest, Spec } from '../../spec/types.ts'
import { compareBody } from './compare-body.ts'
import type { StubComparison, StubDisagreement } from './disagreement.ts'
import type { StubRequest } from './stub-request.ts'

/** Headers that HTTP itself, or what lies between, knows: no spec has to name them. */
const ofHttp =
  /^(?:accept(?:-.*)?|authorization|cache-control|connection|content-.*|cookie|date|expect|expires|forwarded|from|host|if-.*|keep-alive|origin|pragma|prefer|proxy-.*|range|referer|te|trailer|traceparent|tracestate|transfer-encoding|upgrade|user-agent|via|x-forwarded-.*|x-request-id|x-correlation-id|sec-.*)$/i

/** Whether a matcher is content with a request that does not have it at all. */
const asksForNothing = (matcher: JsonValue): boolean =>
  isObject(matcher) &&
  (matcher['absent'] === true || Object.keys(matcher).some((key) => /^(?:doesNot|not$)/.test(key)))

const exactOf = (matcher: JsonValue | undefined): string | undefined =>
  isObject(matcher) ? stringOr(matcher['equalTo']) : undefined

const keysOf = (
  spec: Spec,
  { security }: Operation,
  place: 'header' | 'query',
): readonly string[] =>
  security.flat().flatMap(({ scheme }) => {
    const known = spec.securitySchemes[scheme]
    return known?.in === place && known.field !== undefined ? [known.field] : []
  })

/** Whether an object is spread over query parameters, so that its properties are their names. */
const spreads = (spec: Spec, { schema, style, explode }: Parameter): boolean => {
  const found = schema === undefined ? undefined : valueAt(spec.document, schema)
  const isOpen = !isObject(found) || typeof found['type'] !== 'string' || found['type'] === 'object'
  return style === 'form' && explode && isOpen
}

const isKnownQuery = (spec: Spec, operation: Operation, name: string): boolean =>
  keysOf(spec, operation, 'query').includes(name) ||
  operation.parameters.some(
    (one) =>
      one.in === 'query' &&
      (one.name === name || one.name === name.split('[', 1)[0] || spreads(spec, one)),
  )

const isKnownHeader = (spec: Spec, operation: Operation, name: string): boolean =>
  ofHttp.test(name) ||
  [
    ...keysOf(spec, operation, 'header'),
    ...operation.parameters.filter((one) => one.in === 'header').map((one) => one.name),
  ].some((known) => known.toLowerCase() === name.toLowerCase())

const askedNames = (all: JsonObject): readonly string[] =>
  Object.keys(all).filter((name) => !asksForNothing(all[name] ?? null))

const unknownNames = (
  spec: Spec,
  operation: Operation,
  { query, headers, inUrl }: StubRequest,
): readonly StubDisagreement[] => {
  const said = (part: string, words: string, name: string): StubDisagreement => ({
    summary: `The stub asks ${operation.method} ${operation.path} for the ${words} ${name}, and the spec knows none of that name.`,
    expected: `nothing about the ${words} ${name}`,
    actual: name,
    segments:
      part === 'queryParameters' && inUrl.includes(name)
        ? ['request', 'url']
        : ['request', part, name],
    pointer: operation.pointer,
  })
  return [
    ...askedNames(query)
      .filter((name) => !isKnownQuery(spec, operation, name))
      .map((name) => said('queryParameters', 'query parameter', name)),
    ...askedNames(headers)
      .filter((name) => !isKnownHeader(spec, operation, name))
      .map((name) => said('headers', 'header', name)),
  ]
}

const withBase = (path: string, { basePath }: Operation): string =>
  path.startsWith(`${basePath}/`) || path === basePath ? path : basePath + path

/** The request that the stub answers, as far as it is written out. */
const exampleOf = (
  { paths, query, headers }: StubRequest,
  operation: Operation,
): PlannedRequest => {
  const written = Object.entries(query).flatMap(([name, matcher]): [string, string][] => {
    const value = exactOf(matcher)
    return value === undefined ? [] : [[name, value]]
  })
  const isExact = paths?.key === 'url' || paths?.key === 'urlPath'
  const path = isExact ? (paths.samples?.[0] ?? '') : ''
  const fields = Object.entries(headers).flatMap(([name, matcher]): [string, string][] => {
    const value = exactOf(matcher)
    return value === undefined ? [] : [[name, value]]
  })
  return {
    name: 'what the stub answers',
    method: operation.method,
    target: `${withBase(path, operation)}?${new URLSearchParams(written).toString()}`,
    basePath: operation.basePath,
    headers: fields,
    credentials: [],
  }
}

const partNames = {
  path: 'url',
  query: 'queryParameters',
  header: 'headers',
  cookie: 'cookies',
} as const

const wrongValues = async (
  spec: Spec,
  operation: Operation,
  request: StubRequest,
): Promise<readonly StubDisagreement[]> => {
  const planned = exampleOf(request, operation)
  const found: StubDisagreement[] = []
  for (const parameter of operation.parameters) {
    const intent = { kind: 'invalid', breach: { part: 'parameter', parameter }, words: '' } as const
    const broken = await breachOf({ ...planned, intent }, operation, spec)
    if (broken === undefined) continue
    const { name, in: place } = parameter
    const key = partNames[place]
    const isInUrl = place === 'path' || (place === 'query' && request.inUrl.includes(name))
    const segments = [
      'request',
      isInUrl ? (request.paths?.key ?? 'url') : key,
      ...(isInUrl ? [] : [name]),
    ]
    found.push({
      summary: `The stub asks ${operation.method} ${operation.path} for a value of the ${place} parameter ${name} that the spec does not allow: it says ${broken.expected}.`,
      expected: broken.expected,
      actual: place === 'path' ? (request.paths?.written ?? '') : named(request, place, name),
      segments,
      pointer: broken.pointer,
    })
  }
  return found
}

const named = ({ query, headers }: StubRequest, place: string, name: string): string => {
  const fields: HeaderFields = Object.entries(place === 'query' ? query : headers).map(
    ([key, matcher]) => [key, exactOf(matcher) ?? ''],
  )
  return headerOf(fields, name) ?? ''
}

/** The media type that the stub asks for, where the operation does not take it. */
const wrongMediaType = (
  { headers }: StubRequest,
  { requestBody, method, path, pointer }: Operation,
): StubDisagreement | undefined => {
  const entry = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')
  const exact = exactOf(entry?.[1])
  const part = isObject(entry?.[1]) ? stringOr(entry[1]['contains']) : undefined
  const types = (requestBody?.content ?? []).map(({ mediaType }) => mediaType)
  const isTaken =
    exact === undefined
      ? part === undefined || types.some((type) => type.includes(part) || type.includes('*'))
      : bestMediaType(exact, types) !== undefined
  if (entry === undefined || requestBody === undefined || isTaken) return undefined
  const documented = types.join(' or ')
  return {
    summary: `The stub asks ${method} ${path} for a body in ${exact ?? part ?? ''}, and the spec says ${documented}.`,
    expected: documented,
    actual: exact ?? part ?? '',
    segments: ['request', 'headers', entry[0]],
    pointer: requestBody.pointer || pointer,
  }
}

/** Holds what a stub asks of requests to one operation of the spec. */
export const compareRequest = async (
  request: StubRequest,
  operation: Operation,
  spec: Spec,
): Promise<StubComparison> => {
  const contentType = Object.entries(request.headers).find(
    ([name]) => name.toLowerCase() === 'content-type',
  )?.[1]
  const mediaType = wrongMediaType(request, operation)
  const body = await compareBody(request.bodies, exactOf(contentType), operation, spec)
  return {
    disagreements: [
      ...unknownNames(spec, operation, request),
      ...(await wrongValues(spec, operation, request)),
      ...(mediaType === undefined ? [] : [mediaType]),
      ...body.disagreements,
    ],
    unchecked: [...body.unchecked, ...request.others.map((key) => `what it asks by ${key}`)],
  }
}
