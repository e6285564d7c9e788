import type { Exchange } from '../../../model/http.ts'
import { named, isObject, type JsonObject, type JsonValue } from '../../json.ts'
import { isJson } from '../../media-type.ts'
import type { Asking, Observation, Operation } from '../../types.ts'
import { written, type Draft } from '../draft.ts'
import { shapeOf, wideView } from '../lists/view.ts'
import { ask, isTaken, jsonOf, type ListedItem } from '../state/observe.ts'
import { operationAt, type Instance, type Session } from '../state/session.ts'
import { draftsOf, retargeted } from '../state/targets.ts'
import { collectionOf, placesOf, resourceOf, skeletonOf } from '../state/templates.ts'

/** The thing that a draft is about, as its path calls it. */
export const instanceOf = ({ operation, values }: Draft): Instance | undefined => {
  const resource = resourceOf(operation.path)
  if (resource === undefined || skeletonOf(operation.path) !== resource) return undefined
  const found = placesOf(operation.path).map(
    (name) => values.find(([one]) => one.in === 'path' && one.name === name)?.[1],
  )
  return found.every((value) => value !== undefined)
    ? { resource, values: found, origin: 'listed' }
    : undefined
}

/** What stands in the places of a draft's path, as far as it is known. */
export const placedIn = ({ operation, values }: Draft): readonly JsonValue[] =>
  placesOf(operation.path).flatMap(
    (name) => values.find(([one]) => one.in === 'path' && one.name === name)?.[1] ?? [],
  )

/** What was read of a thing. */
export interface Reading {
  readonly operation: Operation
  readonly exchange: Exchange
  readonly body: JsonObject | undefined
  /** Pointer of the schema of what is read. */
  readonly schema?: string
}

/** The schema of what an operation answers with success in JSON. */
export const successSchema = ({ responses }: Operation): string | undefined =>
  responses
    .filter(({ status }) => status.startsWith('2'))
    .flatMap(({ content }) => content)
    .find(({ mediaType }) => isJson(mediaType))?.schema

/** Reads a thing where its kind is read; `undefined` where the document has no such operation. */
export function* read(session: Session, thing: Instance): Asking<Reading | undefined> {
  const operation = operationAt(session, 'GET', thing.resource)
  if (operation === undefined) return undefined
  const draft = draftsOf(session, operation)[0]?.draft
  if (draft === undefined) return undefined
  const exchange = yield* ask(session, written(retargeted(draft, thing), 'reading it'))
  const body = jsonOf(exchange)
  const schema = successSchema(operation)
  return {
    operation,
    exchange,
    body: isTaken(exchange) && isObject(body) ? body : undefined,
    ...(schema === undefined ? {} : { schema }),
  }
}

/** What a list holds. */
export interface Listing {
  readonly operation: Operation
  readonly exchange: Exchange
  readonly body: JsonValue | undefined
  readonly items: readonly ListedItem[]
}

/** Where a list is this long there may be more of it on other pages. */
const itemsMax = 100

/** All that the collection of a kind lists, as far as one wide page shows it. */
export function* listed(
  session: Session,
  thing: Pick<Instance, 'resource' | 'values'>,
): Asking<Listing | undefined> {
  const operation = operationAt(session, 'GET', collectionOf(thing.resource))
  if (
    operation === undefined ||
    operation.parameters.some(({ in: place, required }) => place === 'query' && required)
  )
    return undefined
  const draft = draftsOf(session, operation)[0]?.draft
  if (draft === undefined) return undefined
  const outer = { resource: '', origin: 'listed', values: thing.values.slice(0, -1) } as const
  const found = yield* wideView(session, shapeOf(retargeted(draft, outer)), [], 'listing')
  return found === undefined ? undefined : { operation, ...found }
}

/** How often a list holds a thing; `undefined` where it may be on a page that was not seen. */
export const countIn = ({ items }: Listing, { values }: Instance): number | undefined => {
  if (items.some(({ id }) => id === undefined) || items.length >= itemsMax) return undefined
  return items.filter(({ id }) => String(id) === named(values.at(-1))).length
}

/** Two or more exchanges, put side by side for a check. */
export const observed = (
  code: Observation['code'],
  operation: Operation,
  exchanges: readonly Exchange[],
  facts: Observation['facts'] = {},
  pointer = operation.pointer,
): Observation => ({ code, operation, exchanges, facts, pointer })

/** A difference as facts of an observation. */
export const factsOf = ({
  at,
  written: sent,
  read: found,
}: {
  readonly at: string
  readonly written: JsonValue
  readonly read?: JsonValue
}): Observation['facts'] => ({
  at,
  written: sent,
  ...(found === undefined ? {} : { read: found }),
})
