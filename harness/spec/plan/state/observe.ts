import { headerOf, type Exchange } from '../../../model/http.ts'
import {
  arrayOr,
  isObject,
  objectOr,
  stringOr,
  type JsonObject,
  type JsonValue,
} from '../../json.ts'
import { isJson } from '../../media-type.ts'
import { pointerOfReference, valueAt } from '../../pointer.ts'
import type { Asking, Operation, Parameter, PlannedRequest } from '../../types.ts'
import { parameterAt, type Instance, type Session } from './session.ts'
import {
  matchPath,
  nounOf,
  placesOf,
  plainName,
  resourceOf,
  singularOf,
  skeletonOf,
} from './templates.ts'

/** Lists longer than this are not looked at whole. */
const itemsMax = 50

/** Whether a request was taken. */
export const isTaken = ({ answer, failure }: Exchange): boolean =>
  answer !== undefined && failure === undefined && answer.status >= 200 && answer.status < 300

/** The JSON in an answer; `undefined` where there is none. */
export const jsonOf = ({ answer }: Exchange): JsonValue | undefined => {
  if (answer === undefined || answer.body.length === 0) return undefined
  if (!isJson(headerOf(answer.headers, 'content-type') ?? '')) return undefined
  try {
    return JSON.parse(new TextDecoder().decode(answer.body)) as JsonValue
  } catch {
    return undefined
  }
}

const isScalar = (value: JsonValue | undefined): value is string | number =>
  (typeof value === 'string' && value !== '') || typeof value === 'number'

/**
 * The property by which things of a kind are called in their paths: of the name of the place, `id`,
 * the noun with `id`, and then whatever the place takes.
 */
const idIn = (
  session: Session,
  object: JsonObject,
  parameter: Parameter,
  noun: string,
): string | number | undefined => {
  const single = plainName(singularOf(noun))
  const wanted = [
    plainName(parameter.name),
    'id',
    `${single}id`,
    'uuid',
    'key',
    'code',
    'slug',
    'name',
    `${single}number`,
    'number',
    single,
  ]
  const rankOf = (name: string): number => {
    const rank = wanted.indexOf(plainName(name))
    return rank === -1 ? wanted.length : rank
  }
  const { schema } = parameter
  const fitting = Object.entries(object).filter(
    ([name, value]) =>
      isScalar(value) &&
      rankOf(name) < wanted.length &&
      (schema === undefined || session.spec.schemas.accepts(schema, 'request', value)),
  )
  const [best] = fitting.toSorted(([a], [b]) => rankOf(a) - rankOf(b))
  return best === undefined ? undefined : (best[1] as string | number)
}

const sameInstance = (a: readonly JsonValue[], b: readonly JsonValue[]): boolean =>
  a.map(String).join('\n') === b.map(String).join('\n')

const remember = (session: Session, instance: Instance): void => {
  const known = session.instances.get(instance.resource) ?? []
  if (known.some(({ values }) => sameInstance(values, instance.values))) return
  session.instances.set(instance.resource, [...known, instance])
}

const forget = (session: Session, resource: string, values: readonly JsonValue[]): void => {
  for (const [key, known] of session.instances) {
    if (key !== resource && !key.startsWith(`${resource}/`)) continue
    const left = known.filter((one) => !sameInstance(one.values.slice(0, values.length), values))
    session.instances.set(key, left)
  }
}

/** The path of a target, without query and base path. */
const pathOf = ({ target }: PlannedRequest): string => target.split('?')[0] ?? target

/** Everything that a path of the provider's names, as far as the document knows such paths. */
const fromPath = (session: Session, path: string, origin: Instance['origin']): void => {
  for (const { basePath, path: template } of session.spec.operations) {
    const values = matchPath(basePath + template, path) ?? matchPath(template, path)
    const resource = resourceOf(template)
    // What ends with a place is about a thing; literal paths of the same length are others.
    if (values === undefined || resource !== skeletonOf(template)) continue
    remember(session, { resource, values, origin })
  }
}

/**
 * The list in an answer: the answer itself, or the list of objects in it, the one that is named as
 * the path is first.
 */
const listIn = (body: JsonValue | undefined, path: string): readonly JsonValue[] | undefined => {
  if (Array.isArray(body)) return body as readonly JsonValue[]
  if (!isObject(body)) return undefined
  const lists = Object.entries(body).filter(([, value]) => Array.isArray(value))
  const usual = new Set([
    'items',
    'data',
    'results',
    'content',
    'values',
    'entries',
    'records',
    'rows',
  ])
  const rankOf = (name: string): number =>
    plainName(name) === plainName(nounOf(path)) ? 0 : usual.has(plainName(name)) ? 1 : 2
  const [best] = lists.toSorted(([a], [b]) => rankOf(a) - rankOf(b))
  return best === undefined ? undefined : arrayOr(best[1])
}

/** One thing in a list, and by what it is called where that is known. */
export interface ListedItem {
  readonly id?: string | number
  readonly value: JsonObject
}

/** The things that a list shows. */
export const itemsIn = (
  session: Session,
  { path }: Operation,
  body: JsonValue | undefined,
): readonly ListedItem[] => {
  const collection = skeletonOf(path)
  const parameter = parameterAt(session, `${collection}/{}`)
  return (listIn(body, path) ?? []).filter(isObject).map((value) => {
    const called =
      parameter === undefined ? value['id'] : idIn(session, value, parameter, nounOf(path))
    const id = isScalar(called) ? called : undefined
    return { value, ...(id === undefined ? {} : { id }) }
  })
}

const fromList = (
  session: Session,
  planned: PlannedRequest,
  operation: Operation,
  body: JsonValue,
): void => {
  const collection = skeletonOf(operation.path)
  const resource = `${collection}/{}`
  const parameter = parameterAt(session, resource)
  const outer = matchPath(operation.basePath + operation.path, pathOf(planned))
  if (parameter === undefined || outer === undefined) return
  for (const item of (listIn(body, operation.path) ?? []).slice(0, itemsMax)) {
    if (!isObject(item)) continue
    const id = idIn(session, item, parameter, nounOf(collection))
    if (id !== undefined) remember(session, { resource, values: [...outer, id], origin: 'listed' })
  }
}

/** Keeps what a creating request has made, by the id in its answer. */
export const fromCreated = (
  session: Session,
  planned: PlannedRequest,
  operation: Operation,
  body: JsonValue,
): void => {
  const resource = `${skeletonOf(operation.path)}/{}`
  const parameter = parameterAt(session, resource)
  const outer = matchPath(operation.basePath + operation.path, pathOf(planned))
  if (parameter === undefined || outer === undefined || !isObject(body)) return
  const inner = Object.values(body).filter(isObject)
  // Some wrap what was made in an object of its name.
  for (const object of [body, ...(Object.keys(body).length <= 3 ? inner : [])]) {
    const id = idIn(session, object, parameter, nounOf(operation.path))
    if (id === undefined) continue
    remember(session, { resource, values: [...outer, id], origin: 'created' })
    return
  }
}

const expressionValue = (
  expression: string,
  planned: PlannedRequest,
  exchange: Exchange,
): JsonValue | undefined => {
  const [source = '', pointer = ''] = expression.split('#', 2)
  if (source === '$response.body') return valueAt(jsonOf(exchange) ?? null, pointer)
  const header = /^\$response\.header\.(.+)$/.exec(source)?.[1]
  if (header !== undefined) return headerOf(exchange.answer?.headers ?? [], header)
  const place = /^\$request\.path\.(.+)$/.exec(source)?.[1]
  if (place !== undefined && planned.operation !== undefined) {
    const { basePath, path } = planned.operation
    return matchPath(basePath + path, pathOf(planned))?.[placesOf(path).indexOf(place)]
  }
  return source.startsWith('$') ? undefined : expression
}

/** What the links of an answer lead to (OpenAPI 3.1, 4.8.20). */
const fromLinks = (session: Session, planned: PlannedRequest, exchange: Exchange): void => {
  const { spec } = session
  const status = exchange.answer?.status ?? 0
  const response = planned.operation?.responses.find((one) => one.status === String(status))
  if (response === undefined) return
  const written = valueAt(spec.document, response.pointer)
  const reference = stringOr(objectOr(written)['$ref'])
  const body =
    reference === undefined ? written : valueAt(spec.document, pointerOfReference(reference))
  for (const link of Object.values(objectOr(objectOr(body)['links']))) {
    const { operationId, operationRef, parameters } = objectOr(link)
    const target = spec.operations.find(
      (one) =>
        (operationId !== undefined && one.operationId === operationId) ||
        (typeof operationRef === 'string' && pointerOfReference(operationRef) === one.pointer),
    )
    const resource = target === undefined ? undefined : resourceOf(target.path)
    if (target === undefined || resource === undefined) continue
    const values = placesOf(target.path).map((name) => {
      const expression = objectOr(parameters)[name] ?? objectOr(parameters)[`path.${name}`]
      return typeof expression === 'string'
        ? expressionValue(expression, planned, exchange)
        : expression
    })
    if (values.every(isScalar)) remember(session, { resource, values, origin: 'created' })
  }
}

const observe = (session: Session, planned: PlannedRequest, exchange: Exchange): void => {
  const { operation } = planned
  if (operation === undefined || !isTaken(exchange)) return
  const { method } = operation
  const path = pathOf(planned)
  const location = headerOf(exchange.answer?.headers ?? [], 'location')
  if ((method === 'POST' || method === 'PUT') && location !== undefined)
    fromPath(session, location.replace(/^[a-z]+:\/\/[^/]+/i, '').split(/[?#]/)[0] ?? '', 'created')
  const resource = resourceOf(operation.path)
  if (method === 'PUT' && resource === skeletonOf(operation.path))
    fromPath(session, path, 'created')
  if (method === 'DELETE' && resource === skeletonOf(operation.path)) {
    const values = matchPath(operation.basePath + operation.path, path)
    if (values !== undefined) forget(session, resource, values)
    return
  }
  fromLinks(session, planned, exchange)
  const body = jsonOf(exchange)
  if (body === undefined) return
  if (method === 'POST') fromCreated(session, planned, operation, body)
  if (method === 'GET') fromList(session, planned, operation, body)
}

/** Sends a request, and keeps in mind what its answer tells of the provider. */
export function* ask(session: Session, planned: PlannedRequest): Asking<Exchange> {
  const exchange = yield planned
  observe(session, planned, exchange)
  return exchange
}
