import type { Exchange } from '../../../model/http.ts'
import { isObject, type JsonObject } from '../../json.ts'
import { placesIn, replacedAt } from '../../schema/places.ts'
import { typesIn } from '../../schema/vary/variation.ts'
import type { Asking, Operation } from '../../types.ts'
import { readyDraft } from '../bases.ts'
import { withBody, withParameter, type Draft } from '../draft.ts'
import { isCreating } from '../state/creators.ts'
import { ask, isTaken, jsonOf } from '../state/observe.ts'
import { reach } from '../state/reach.ts'
import { calling, referencesIn } from '../state/references.ts'
import { operationAt, type Instance, type Session } from '../state/session.ts'
import { conditional, draftsOf, setup } from '../state/targets.ts'
import { nounOf, placesOf, plainName, singularOf, skeletonOf } from '../state/templates.ts'
import { knownThings, madeBy } from './created.ts'
import { required } from './other-bodies.ts'
import { read } from './reading.ts'

/** A kind of thing that belongs to another: it stands below it, or calls it by its id. */
export interface ChildKind {
  readonly operation: Operation
  readonly resource: string
  /** In the singular. */
  readonly noun: string
}

/** A thing that belongs to another, and how it is read. */
export interface Child {
  readonly kind: ChildKind
  readonly made: Exchange
  readonly thing: Instance | undefined
  readonly body: JsonObject | undefined
}

/** The kinds that belong to things of a kind, with the operation that makes one. */
export const childKindsOf = (session: Session, resource: string): readonly ChildKind[] =>
  session.spec.operations.flatMap((operation): readonly ChildKind[] => {
    const skeleton = skeletonOf(operation.path)
    const isPost = operation.method === 'POST' && isCreating(operation)
    const isPut = operation.method === 'PUT' && skeleton.endsWith('/{}')
    const made = isPost ? `${skeleton}/{}` : skeleton
    if ((!isPost && !isPut) || made === resource) return []
    const depth = made.slice(resource.length).split('/').length - 1
    const isBelow = made.startsWith(`${resource}/`) && depth === 2
    const draft = isBelow ? undefined : draftsOf(session, operation)[0]?.draft
    const isCalling =
      draft !== undefined &&
      isPost &&
      referencesIn(session, draft).some((one) => one.resource === resource && one.part === 'body')
    const noun = singularOf(plainName(nounOf(made)))
    return isBelow || isCalling ? [{ operation, resource: made, noun }] : []
  })

/** The draft about something that belongs to a thing. */
const belongingTo = (session: Session, draft: Draft, parent: Instance): Draft => {
  const { operation } = draft
  const isBelow = skeletonOf(operation.path).startsWith(`${parent.resource}/`)
  if (!isBelow) return calling(session, draft, parent.resource, parent.values.at(-1) ?? '')
  return placesOf(operation.path).reduce((result, name, index) => {
    const parameter = operation.parameters.find((one) => one.in === 'path' && one.name === name)
    const value = parent.values[index]
    return parameter === undefined || value === undefined
      ? result
      : withParameter(result, parameter, value)
  }, draft)
}

/** The draft whose amounts are more than nothing, as far as its schema lets them. */
const amounting = ({ spec }: Session, draft: Draft): Draft => {
  const schema = draft.body?.content.schema
  if (draft.body === undefined || schema === undefined) return draft
  let { value } = draft.body
  for (const place of placesIn(spec.document, { $ref: `#${schema}` }, value)) {
    const isAmount = typesIn(place.schema).some((type) => type === 'integer' || type === 'number')
    if (!isAmount || place.value !== 0) continue
    const next = replacedAt(value, place.at, 1)
    if (spec.schemas.accepts(schema, 'request', next)) value = next
  }
  return withBody(draft, value)
}

/** Makes something that belongs to a thing; `undefined` where that is not taken. */
export function* bear(
  session: Session,
  kind: ChildKind,
  parent: Instance,
): Asking<Child | undefined> {
  const { operation } = kind
  const learned = yield* reach(session, operation, 1)
  if (learned === undefined) return undefined
  for (const level of new Set([learned.level, Math.max(1, learned.level), 4])) {
    const ready = yield* readyDraft(session, operation, {}, level)
    if (ready === undefined) return undefined
    const full = amounting(session, belongingTo(session, ready, parent))
    // A small thing has no room for much: then with nothing but what it must have.
    const bare = full.body === undefined ? full : { ...full, body: required(session, full.body) }
    const known = knownThings(session)
    const asked = yield* ask(session, setup(yield* conditional(session, full)))
    const isFull = isTaken(asked)
    const made = isFull ? asked : yield* ask(session, setup(yield* conditional(session, bare)))
    const own = isFull ? full : bare
    if (!isTaken(made)) continue
    const thing = madeBy(session, own, known) ?? inPathOf(own, kind)
    const reading =
      thing === undefined || operationAt(session, 'GET', thing.resource) === undefined
        ? undefined
        : yield* read(session, thing)
    const body = reading?.body ?? jsonOf(made)
    return { kind, made, thing, body: isObject(body) ? body : undefined }
  }
  return undefined
}

/** What a PUT made is called by its path. */
const inPathOf = ({ operation, values }: Draft, { resource }: ChildKind): Instance | undefined => {
  if (skeletonOf(operation.path) !== resource) return undefined
  const found = placesOf(operation.path).map(
    (name) => values.find(([one]) => one.in === 'path' && one.name === name)?.[1] ?? '',
  )
  return { resource, values: found, origin: 'created' }
}
