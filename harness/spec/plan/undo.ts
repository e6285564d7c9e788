import { headerOf, type Exchange } from '../../model/http.ts'
import { named, type JsonValue } from '../json.ts'
import type { MadeThing, PlannedRequest } from '../types.ts'
import { written } from './draft.ts'
import { fromCreated, isTaken, jsonOf } from './state/observe.ts'
import { instancesOf, openSession, operationAt, type SessionOptions } from './state/session.ts'
import { draftsOf, retargeted } from './state/targets.ts'
import { matchPath, resourceOf, skeletonOf } from './state/templates.ts'

interface Thing {
  readonly resource: string
  readonly values: readonly JsonValue[]
}

const pathIn = (address: string): string =>
  address.replace(/^[a-z]+:\/\/[^/]+/i, '').split(/[?#]/)[0] ?? ''

/** The thing that a path of the provider's is about, as far as the document knows it. */
const thingAt = ({ spec }: SessionOptions, path: string): Thing | undefined => {
  for (const { basePath, path: template } of spec.operations) {
    const values = matchPath(basePath + template, path) ?? matchPath(template, path)
    const resource = resourceOf(template)
    if (values !== undefined && resource !== undefined && resource === skeletonOf(template))
      return { resource, values }
  }
  return undefined
}

/** What a request has made: where `Location` says (RFC 9110, 15.3.2), its own path, or the new id. */
const thingMade = (
  options: SessionOptions,
  planned: PlannedRequest,
  exchange: Exchange,
): Thing | undefined => {
  const { operation } = planned
  if (operation === undefined) return undefined
  const location = headerOf(exchange.answer?.headers ?? [], 'location')
  const located = location === undefined ? undefined : thingAt(options, pathIn(location))
  if (located !== undefined) return located
  if (operation.method === 'PUT') return thingAt(options, pathIn(planned.target))
  const body = jsonOf(exchange)
  if (body === undefined) return undefined
  const session = openSession(options)
  fromCreated(session, planned, operation, body)
  return instancesOf(session, `${skeletonOf(operation.path)}/{}`)[0]
}

/**
 * What a request has made in a system that is not ours, with the request that takes it away: the
 * document's own DELETE of that thing. Only 201 says that something new is there (RFC 9110, 15.3.2);
 * what else looks like a new thing may have been there before, and is not touched.
 */
export const undoing =
  (options: SessionOptions) =>
  (planned: PlannedRequest, exchange: Exchange): MadeThing | undefined => {
    const { method, target, operation } = planned
    if (!isTaken(exchange) || operation === undefined) return undefined
    if (method !== 'POST' && method !== 'PUT') return undefined
    const isNew = exchange.answer?.status === 201
    const thing = thingMade(options, planned, exchange)
    if (!isNew)
      return method === 'PUT' || thing === undefined
        ? undefined
        : {
            target: `${target}/${named(thing.values.at(-1))}`,
            doubt: `${method} answered ${exchange.answer?.status ?? 0} and not 201, so it may have been there before`,
          }
    if (thing === undefined) return { target, doubt: 'its answer does not say where it is' }
    const session = openSession(options)
    const removal = operationAt(session, 'DELETE', thing.resource)
    const draft = removal && draftsOf(session, removal)[0]?.draft
    const reading = operationAt(session, 'GET', thing.resource)
    const read = reading && draftsOf(session, reading)[0]?.draft
    const about = { ...thing, origin: 'created' as const }
    if (draft !== undefined) {
      const undo = written(retargeted(draft, about), 'taken away', { kind: 'setup' })
      return { target: undo.target, undo }
    }
    const where = read === undefined ? target : written(retargeted(read, about), '').target
    return { target: where, doubt: 'the document has no DELETE for it' }
  }
