import { headerOf } from '../../../model/http.ts'
import type { Asking, Operation, PlannedRequest } from '../../types.ts'
import { sample } from '../../schema/generate.ts'
import { isSendable } from '../choices.ts'
import { chooseCredentials } from '../choose-credentials.ts'
import { planExamples, type NamedDraft } from '../examples.ts'
import { withParameter, written, type Draft, type DraftBody } from '../draft.ts'
import { freshened, withOwnKey, type Freshness } from './freshen.ts'
import { ask, isTaken } from './observe.ts'
import { referencesIn, referred } from './references.ts'
import {
  instancesOf,
  operationAt,
  type Instance,
  type Learned,
  type Session,
} from './session.ts'
import { collectionOf, nounOf, placesOf, resourceOf, resourcesOf, skeletonOf } from './templates.ts'

/** How far one operation may lean on others. */
const depthMax = 4
const draftsMax = 4
const instancesMax = 6
const turnsMax = 3

const safe: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'QUERY'])

/** Whether an operation leaves the provider as it is (RFC 9110, 9.2.1). */
export const isSafe = ({ method }: Operation): boolean => safe.has(method)

/** All drafts of an operation that planning alone can make, the documented ones first. */
export const draftsOf = (session: Session, operation: Operation): readonly NamedDraft[] => {
  const { spec, seed, given, credentials } = session
  const { names } = chooseCredentials(operation.security, credentials, spec.securitySchemes)
  const planned = planExamples(operation, { spec, seed, given, credentials: names })
  return 'drafts' in planned ? planned.drafts : []
}

/** The draft about another thing: the places of its path are filled with that thing's values. */
export const retargeted = (draft: Draft, { values }: Instance): Draft =>
  placesOf(draft.operation.path).reduce((result, name, index) => {
    const parameter = draft.operation.parameters.find((one) => one.in === 'path' && one.name === name)
    const value = values[index]
    return parameter === undefined || value === undefined
      ? result
      : withParameter(result, parameter, value)
  }, draft)

const setup = (draft: Draft): PlannedRequest => written(draft, 'setup', { kind: 'setup' })

/**
 * The draft with the entity tag that the thing has now, where the operation asks for one (RFC 9110,
 * 13.1.1), and under a name of its own where requests have names.
 */
export function* conditional(session: Session, draft: Draft): Asking<Draft> {
  const named = withOwnKey(session, draft)
  const { operation } = named
  const parameter = operation.parameters.find(
    ({ in: place, name }) => place === 'header' && name.toLowerCase() === 'if-match',
  )
  const reading = operationAt(session, 'GET', skeletonOf(operation.path))
  if (parameter === undefined || reading === undefined) return named
  const read = draftsOf(session, reading)[0]?.draft
  if (read === undefined) return named
  const same: Instance = {
    resource: '',
    origin: 'listed',
    values: placesOf(operation.path).map(
      (name) => draft.values.find(([one]) => one.in === 'path' && one.name === name)?.[1] ?? '',
    ),
  }
  const exchange = yield* ask(session, setup(retargeted(read, same)))
  const etag = headerOf(exchange.answer?.headers ?? [], 'etag')
  return etag === undefined ? named : withParameter(named, parameter, etag)
}

const isCreating = (operation: Operation): boolean =>
  operation.responses.some(
    ({ status, headers }) =>
      status === '201' ||
      (status.startsWith('2') && headers.some(({ name }) => name.toLowerCase() === 'location')),
  )

/** Operations that may make things of a kind, the likeliest first. */
const creatorsOf = (session: Session, resource: string): readonly Operation[] => {
  const { operations } = session.spec
  const collection = collectionOf(resource)
  const direct = operations.filter(
    ({ method, path }) => method === 'POST' && skeletonOf(path) === collection,
  )
  const put = operations.filter(
    (one) => one.method === 'PUT' && skeletonOf(one.path) === resource && isCreating(one),
  )
  const elsewhere = operations.filter(
    (one) =>
      one.method === 'POST' &&
      !direct.includes(one) &&
      isCreating(one) &&
      nounOf(one.path) === nounOf(collection),
  )
  return [...direct, ...put, ...elsewhere]
}

/** Things of a kind that the provider lists. */
function* listedInstances(session: Session, resource: string, depth: number): Asking<readonly Instance[]> {
  if (!session.listed.has(resource)) {
    session.listed.add(resource)
    const listing = operationAt(session, 'GET', collectionOf(resource))
    if (listing !== undefined) {
      const [first] = draftsOf(session, listing)
      const outer = resourcesOf(listing.path).at(-1)
      // An outer thing is known or is asked for first; a few of them may have to be looked into.
      const outers = outer === undefined ? [undefined] : yield* obtained(session, outer, depth + 1)
      for (const one of outers.slice(0, 3)) {
        if (first === undefined) continue
        const { draft } = first
        yield* ask(session, setup(one === undefined ? draft : retargeted(draft, one)))
        if (instancesOf(session, resource).length > 0) break
      }
    }
  }
  return instancesOf(session, resource)
}

/** Things of a kind: known ones, listed ones, or a new one. */
function* obtained(session: Session, resource: string, depth: number): Asking<readonly Instance[]> {
  const known = yield* listedInstances(session, resource, depth)
  if (known.length > 0) return known
  const made = yield* created(session, resource, depth)
  return made === undefined ? [] : [made]
}

/** A new thing of a kind; `undefined` where no operation makes one. */
export function* created(session: Session, resource: string, depth: number): Asking<Instance | undefined> {
  if (!session.mayWrite || depth > depthMax) return undefined
  for (const creator of creatorsOf(session, resource)) {
    if (session.underWay.has(creator) || session.unreachable.has(creator)) continue
    const before = new Set(instancesOf(session, resource))
    const fresh = (): Instance | undefined =>
      instancesOf(session, resource).find((one) => one.origin === 'created' && !before.has(one))
    yield* reach(session, creator, depth + 1)
    // Reaching it for the first time has made one already.
    const made = fresh()
    if (made !== undefined) return made
    if (!session.learned.has(creator)) continue
    yield* repeated(session, creator, depth + 1)
    const again = fresh()
    if (again !== undefined) return again
  }
  return undefined
}

const levels: readonly Freshness[] = [
  {},
  { textsFrom: 4 },
  { textsFrom: 1 },
  { times: true },
  { textsFrom: 4, times: true },
  { textsFrom: 4, times: true },
  { textsFrom: 1, times: true },
]

/** From this level on, what a draft refers to is made anew too. */
const newReferencesFrom = 5

/** How new a draft can be made: the highest level of {@link renewed}. */
export const levelMax = levels.length - 1

/** PUT makes a thing under a name that the client chooses: another name, another thing. */
function* renamed(session: Session, draft: Draft): Asking<Draft> {
  const name = placesOf(draft.operation.path).at(-1)
  const parameter = draft.operation.parameters.find((one) => one.in === 'path' && one.name === name)
  if (parameter?.schema === undefined) return draft
  const { document, schemas } = session.spec
  const value = sample({ $ref: `#${parameter.schema}` }, document, session.seed + session.next(), 2)
  const isUsable = isSendable(parameter, value) && schemas.accepts(parameter.schema, 'request', value)
  const moved = isUsable ? withParameter(draft, parameter, value) : draft
  return yield* referred(session, moved, 0, noInstances)
}

function* noInstances(): Asking<readonly Instance[]> {
  return []
}

/** A thing on which the operation was not tried, as it must be for the operation to be taken. */
function* newTarget(session: Session, operation: Operation, learned: Learned, turn: number, depth: number): Asking<Draft | undefined> {
  const resource = resourceOf(operation.path)
  if (resource === undefined) return learned.draft
  const isNaming = operation.method === 'PUT' && isCreating(operation) && skeletonOf(operation.path) === resource
  if (isNaming) return yield* renamed(session, learned.draft)
  const made = yield* created(session, resource, depth)
  if (made !== undefined) {
    for (const step of learned.steps) yield* on(session, step, made, depth)
    return retargeted(learned.draft, made)
  }
  const listed = yield* listedInstances(session, resource, depth)
  const other = listed[turn % Math.max(1, listed.length)]
  return other === undefined ? undefined : retargeted(learned.draft, other)
}

/** How a draft is renewed. */
export interface RenewOptions {
  readonly depth?: number
  /** A body in place of the one that was taken. */
  readonly body?: DraftBody
}

/**
 * A draft like the one that was taken before, in a state in which it should be taken again. Level 0
 * changes nothing but names of requests and entity tags; each level more is newer: another thing to
 * do it to, new texts, other times, new things to refer to.
 */
export function* renewed(
  session: Session,
  operation: Operation,
  level: number,
  { depth = 0, body }: RenewOptions = {},
): Asking<Draft | undefined> {
  const known = session.learned.get(operation)
  if (known === undefined) return undefined
  const learned = body === undefined ? known : { ...known, draft: { ...known.draft, body } }
  if (level === 0 || isSafe(operation)) return yield* conditional(session, learned.draft)
  const target = yield* newTarget(session, operation, learned, level, depth)
  if (target === undefined) return undefined
  let draft = freshened(session, target, levels[level] ?? {})
  if (level >= newReferencesFrom) {
    draft = yield* referred(session, draft, 0, function* (resource): Asking<readonly Instance[]> {
      const made = yield* created(session, resource, depth + 1)
      return made === undefined ? yield* obtained(session, resource, depth + 1) : [made]
    })
  }
  return yield* conditional(session, draft)
}

const learn = (session: Session, operation: Operation, learned: Learned): void => {
  session.learned.set(operation, learned)
}

/** Does an operation once more, as new as it must be; `undefined` where it is not taken any more. */
export function* repeated(session: Session, operation: Operation, depth = 0): Asking<Draft | undefined> {
  const learned = session.learned.get(operation)
  if (learned === undefined) return undefined
  for (let level = learned.level; level <= levelMax; level += 1) {
    const draft = yield* renewed(session, operation, level, { depth })
    if (draft === undefined) continue
    const exchange = yield* ask(session, setup(draft))
    if (!isTaken(exchange)) continue
    learn(session, operation, { ...learned, draft, level })
    return draft
  }
  return undefined
}

/** Does an operation to a thing; whether it was taken. */
function* on(session: Session, operation: Operation, thing: Instance, depth: number): Asking<boolean> {
  const known = session.learned.get(operation)?.draft
  const drafts = known === undefined ? draftsOf(session, operation).map(({ draft }) => draft) : [known]
  for (const draft of drafts.slice(0, 2)) {
    const ready = yield* conditional(session, retargeted(draft, thing))
    const filled = yield* referred(session, ready, 0, (resource) => obtained(session, resource, depth + 1))
    if (isTaken(yield* ask(session, setup(filled)))) return true
  }
  return false
}

/** Operations that may bring a thing into another state. */
const actionsOn = (session: Session, resource: string): readonly Operation[] =>
  session.spec.operations.filter(
    (one) =>
      !isSafe(one) &&
      one.method !== 'DELETE' &&
      resourceOf(one.path) === resource &&
      skeletonOf(one.path) !== resource,
  )

const asked = (draft: Draft, name: string, depth: number): PlannedRequest =>
  written(draft, name, depth === 0 ? { kind: 'valid' } : { kind: 'setup' })

/** Statuses that no other state or thing will mend. */
const isHopeless = (status: number): boolean => status === 401 || status === 403 || status === 429

/**
 * Finds a request of an operation that is taken: documented examples as they are; then with things
 * that there are, and ids of such in the body; then after other operations on a new thing. What was
 * learned is kept. `undefined` where nothing was taken.
 */
export function* reach(session: Session, operation: Operation, depth = 0): Asking<Learned | undefined> {
  const known = session.learned.get(operation)
  if (known !== undefined) return known
  if (session.unreachable.has(operation) || depth > depthMax) return undefined
  session.underWay.add(operation)
  const found = yield* search(session, operation, depth)
  session.underWay.delete(operation)
  if (found === undefined) {
    // What depends on others may do better from elsewhere.
    if (depth === 0) session.unreachable.add(operation)
    return undefined
  }
  const learned = { draft: found.draft, level: 0, steps: found.steps }
  learn(session, operation, learned)
  return learned
}

interface Found {
  readonly draft: Draft
  readonly steps: readonly Operation[]
}

function* search(session: Session, operation: Operation, depth: number): Asking<Found | undefined> {
  const drafts = draftsOf(session, operation).slice(0, draftsMax)
  for (const { draft, name } of drafts) {
    const ready = yield* conditional(session, draft)
    const exchange = yield* ask(session, asked(ready, name, depth))
    if (isTaken(exchange)) return { draft: ready, steps: [] }
    if (isHopeless(exchange.answer?.status ?? 0)) return undefined
  }
  const resource = resourceOf(operation.path)
  const made = resource === undefined ? undefined : yield* created(session, resource, depth + 1)
  const listed = resource === undefined ? [] : yield* listedInstances(session, resource, depth + 1)
  const things = resource === undefined ? [undefined] : [...new Set([...(made ? [made] : []), ...listed])]
  const refer = (name: string): Asking<readonly Instance[]> => obtained(session, name, depth + 1)
  for (const thing of things.slice(0, instancesMax)) {
    for (const { draft, name } of drafts.slice(0, 2)) {
      const target = thing === undefined ? draft : retargeted(draft, thing)
      const turns = referencesIn(session, target).length === 0 ? 1 : turnsMax
      for (let turn = 0; turn < turns; turn += 1) {
        const filled = yield* referred(session, target, turn, refer)
        const ready = yield* conditional(session, filled)
        if (isTaken(yield* ask(session, asked(ready, name, depth)))) return { draft: ready, steps: [] }
      }
    }
  }
  if (resource === undefined) return yield* searchWithOtherTexts(session, drafts, depth)
  return yield* searchThroughStates(session, operation, resource, drafts, depth)
}

/** A collection may hold already what the document shows as new. */
function* searchWithOtherTexts(session: Session, drafts: readonly NamedDraft[], depth: number): Asking<Found | undefined> {
  for (const { draft, name } of drafts.slice(0, 2)) {
    for (const freshness of levels.slice(1, 5)) {
      const fresh = withOwnKey(session, freshened(session, draft, freshness))
      const filled = yield* referred(session, fresh, 0, (resource) => obtained(session, resource, depth + 1))
      if (isTaken(yield* ask(session, asked(filled, name, depth)))) return { draft: filled, steps: [] }
    }
  }
  return undefined
}

function* searchThroughStates(
  session: Session,
  operation: Operation,
  resource: string,
  drafts: readonly NamedDraft[],
  depth: number,
): Asking<Found | undefined> {
  if (!session.mayWrite || depth > 1) return undefined
  const actions = actionsOn(session, resource).filter((one) => one !== operation)
  const nested = session.spec.operations.filter(
    (one) =>
      one !== operation &&
      !isSafe(one) &&
      one.method !== 'DELETE' &&
      resourcesOf(one.path).at(-2) === resource,
  )
  const single = [...actions, ...nested].map((action) => [action])
  const double = actions.flatMap((a) => actions.filter((b) => b !== a).map((b) => [a, b]))
  for (const steps of [...single, ...double].slice(0, 12)) {
    const thing = yield* created(session, resource, depth + 1)
    if (thing === undefined) return undefined
    let isReady = true
    for (const step of steps) isReady = isReady && (yield* on(session, step, thing, depth + 1))
    if (!isReady) continue
    for (const { draft, name } of drafts.slice(0, 1)) {
      const filled = yield* referred(session, retargeted(draft, thing), 0, (one) => obtained(session, one, depth + 1))
      const ready = yield* conditional(session, filled)
      if (isTaken(yield* ask(session, asked(ready, name, depth)))) return { draft: ready, steps }
    }
  }
  return undefined
}

