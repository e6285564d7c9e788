import { isObject, type JsonObject, type JsonValue } from '../../json.ts'
import { resolved, segmentsOf, valueAt } from '../../pointer.ts'
import { placesIn, replacedAt, type ValuePlace } from '../../schema/places.ts'
import type { Asking } from '../../types.ts'
import { withBody, withParameter, type Draft } from '../draft.ts'
import { allResources, parameterAt, type Instance, type Session } from './session.ts'
import {
  collectionOf,
  nounOf,
  placesOf,
  plainName,
  resourceOf,
  singularOf,
  skeletonOf,
} from './templates.ts'

/** A part of a request that calls something else by its id. */
export interface Reference {
  /** Pointer into the body, or the name of a parameter. */
  readonly at: string
  readonly part: 'body' | 'query' | 'header'
  readonly resource: string
}

/** What makes a schema rare enough that two parts with it speak of the same thing. */
const isTelling = (schema: JsonObject): boolean =>
  typeof schema['pattern'] === 'string' || schema['format'] === 'uuid'

/** Whether words say that a part is the id of something: *the identifier of a droplet*. */
const isSpoken = ({ description }: JsonObject, plain: string, noun: string): boolean =>
  typeof description === 'string' &&
  noun.length > 2 &&
  plain.endsWith('id') &&
  new RegExp(`\\b(id|identifier|uuid|key) of (a|an|the|some) ([a-z]+ )?${noun}\\b`, 'i').test(
    description,
  )

const essence = ({ type, pattern, format }: JsonObject): string =>
  JSON.stringify([type, pattern, format])

/** Where a schema is really written, references followed. */
const homeOf = (session: Session, raw: JsonValue): string | undefined =>
  isObject(raw) && typeof raw['$ref'] === 'string'
    ? resolved(session.spec.document, raw['$ref'].slice(1))?.pointer
    : undefined

/** Which kind of thing a part calls by its id, as its name and its schema tell. */
const resourceFor = (
  session: Session,
  name: string,
  { raw, schema }: Pick<ValuePlace, 'raw' | 'schema'>,
  own: string | undefined,
  isNew: boolean,
): string | undefined => {
  const plain = plainName(name)
  const named = own === undefined ? undefined : parameterAt(session, own)
  // What is made is called by a name of its own, and not by that of another.
  if (isNew && named !== undefined && plain === plainName(named.name)) return undefined
  const ranked = allResources(session).flatMap((resource) => {
    const parameter = parameterAt(session, resource)
    if (parameter?.schema === undefined) return []
    const noun = plainName(singularOf(nounOf(collectionOf(resource))))
    const written = resolved(session.spec.document, parameter.schema)
    const target = isObject(written?.value) ? written.value : {}
    if (plain === plainName(parameter.name) && plain !== 'id') return [{ resource, rank: 0 }]
    if (noun !== '' && (plain === `${noun}id` || plain === noun)) return [{ resource, rank: 1 }]
    if (homeOf(session, raw) !== undefined && homeOf(session, raw) === written?.pointer)
      return [{ resource, rank: 2 }]
    if (noun !== '' && plain.endsWith(`${noun}id`)) return [{ resource, rank: 3 }]
    if (isTelling(schema) && essence(schema) === essence(target)) return [{ resource, rank: 4 }]
    if (isSpoken(schema, plain, noun)) return [{ resource, rank: 5 }]
    return []
  })
  const [best] = ranked.toSorted(
    (a, b) =>
      a.rank - b.rank ||
      // The own resource last: a thing rarely calls itself by its id.
      Number(a.resource === own) - Number(b.resource === own) ||
      a.resource.length - b.resource.length,
  )
  return best?.resource
}

const isScalar = (value: JsonValue | undefined): boolean =>
  typeof value === 'string' || typeof value === 'number'

/** The parts of a draft that call other things by their ids. */
export const referencesIn = (session: Session, draft: Draft): readonly Reference[] => {
  const { document } = session.spec
  const { content, value } = draft.body ?? {}
  const made = `${skeletonOf(draft.operation.path)}/{}`
  const isNew = draft.operation.method === 'POST' && parameterAt(session, made) !== undefined
  const own = isNew ? made : (resourceOf(draft.operation.path) ?? made)
  const inBody =
    content?.schema === undefined
      ? []
      : placesIn(document, { $ref: `#${content.schema}` }, value)
          .filter((place) => place.at !== '' && isScalar(place.value))
          .flatMap((place): Reference[] => {
            const name = segmentsOf(place.at).findLast((segment) => !/^\d+$/.test(segment)) ?? ''
            const resource = resourceFor(session, name, place, own, isNew)
            return resource === undefined ? [] : [{ at: place.at, part: 'body', resource }]
          })
  const inParameters = draft.values.flatMap(([parameter, given]): Reference[] => {
    const { in: part, name, schema } = parameter
    if ((part !== 'query' && part !== 'header') || schema === undefined || !isScalar(given))
      return []
    const raw = { $ref: `#${schema}` }
    const written = resolved(document, schema)?.value
    const resource = resourceFor(
      session,
      name,
      { raw, schema: isObject(written) ? written : {} },
      own,
      false,
    )
    return resource === undefined ? [] : [{ at: name, part, resource }]
  })
  return [...inBody, ...inParameters]
}

const put = (draft: Draft, { at, part }: Reference, value: JsonValue): Draft => {
  if (part === 'body')
    return draft.body === undefined
      ? draft
      : withBody(draft, replacedAt(draft.body.value, at, value))
  const parameter = draft.operation.parameters.find((one) => one.in === part && one.name === at)
  return parameter === undefined ? draft : withParameter(draft, parameter, value)
}

/** Whether values can stand where the schema of a part wants them: ids in paths are text. */
const fitted = (
  session: Session,
  draft: Draft,
  reference: Reference,
  value: JsonValue,
): JsonValue => {
  const changed = put(draft, reference, value)
  const { schema } = draft.body?.content ?? {}
  if (reference.part !== 'body' || schema === undefined || changed.body === undefined) return value
  if (session.spec.schemas.accepts(schema, 'request', changed.body.value)) return value
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value
}

/** What stands where a draft calls a thing. */
export const valueAtReference = (draft: Draft, { at, part }: Reference): JsonValue | undefined =>
  part === 'body'
    ? valueAt(draft.body?.value ?? null, at)
    : draft.values.find(([one]) => one.in === part && one.name === at)?.[1]

/** The draft with one id wherever it calls a thing of that kind. */
export const calling = (
  session: Session,
  draft: Draft,
  resource: string,
  value: JsonValue,
): Draft =>
  referencesIn(session, draft)
    .filter((reference) => reference.resource === resource)
    .reduce(
      (result, reference) => put(result, reference, fitted(session, result, reference, value)),
      draft,
    )

/** How a script gets things of a kind: it may ask for new ones. */
export type Obtain = (resource: string) => Asking<readonly Instance[]> | readonly Instance[]

const isList = (found: ReturnType<Obtain>): found is readonly Instance[] => Array.isArray(found)

/**
 * The draft with ids of things that there are in place of made-up ones. `turn` chooses others where
 * there are several; two parts of one kind get different ones.
 */
export function* referred(
  session: Session,
  draft: Draft,
  turn: number,
  obtain: Obtain,
): Asking<Draft> {
  let result = draft
  const used = new Map<string, number>()
  for (const reference of referencesIn(session, draft)) {
    const { resource } = reference
    // What is called by its own path must be the same in the body.
    const names = placesOf(draft.operation.path)
    const own = draft.values.find(
      ([parameter]) =>
        parameter.in === 'path' &&
        resourceOf(draft.operation.path) === resource &&
        parameter.name === names.at(-1),
    )
    if (own !== undefined) {
      result = put(result, reference, fitted(session, result, reference, own[1]))
      continue
    }
    const found = obtain(resource)
    const all = isList(found) ? found : yield* found
    const count = used.get(resource) ?? 0
    used.set(resource, count + 1)
    const value = all[(turn + count) % Math.max(1, all.length)]?.values.at(-1)
    if (value !== undefined)
      result = put(result, reference, fitted(session, result, reference, value))
  }
  return result
}
