import type { Asking, Operation } from '../../types.ts'
import { written, type Draft } from '../draft.ts'
import { keyOf, type NamedDraft } from '../examples.ts'
import { actionsOn, creatorsOf, isCreating } from './creators.ts'
import {
  freshened,
  freshnessAt,
  levelsFor,
  newReferencesFrom,
  type RenewOptions,
} from './freshen.ts'
import { ask, isTaken } from './observe.ts'
import { searchWithOtherTexts } from './other-texts.ts'
import { calledByPath } from './path-references.ts'
import { referencesIn, referred } from './references.ts'
import {
  instancesOf,
  operationAt,
  type Instance,
  type Found,
  type Learned,
  type Session,
} from './session.ts'
import {
  asked,
  conditional,
  draftsOf,
  isHopeless,
  isSafe,
  renamed,
  retargeted,
  setup,
} from './targets.ts'
import { collectionOf, resourceOf, resourcesOf, skeletonOf } from './templates.ts'

/** How far one operation may lean on others. */
const depthMax = 4
const draftsMax = 4
const instancesMax = 6
const turnsMax = 3

/** Things of a kind that the provider lists. */
function* listedInstances(
  session: Session,
  resource: string,
  depth: number,
): Asking<readonly Instance[]> {
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
export function* created(
  session: Session,
  resource: string,
  depth: number,
): Asking<Instance | undefined> {
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

/** A thing on which the operation was not tried, as it must be for the operation to be taken. */
function* newTarget(
  session: Session,
  operation: Operation,
  learned: Learned,
  turn: number,
  depth: number,
): Asking<Draft | undefined> {
  const resource = resourceOf(operation.path)
  if (resource === undefined) return learned.draft
  const isNaming =
    operation.method === 'PUT' && isCreating(operation) && skeletonOf(operation.path) === resource
  if (isNaming) return yield* renamed(session, learned.draft)
  // What makes something below a thing may do so again to the same.
  const isBelow = isCreating(operation) && skeletonOf(operation.path) !== resource
  if (isBelow && turn < newReferencesFrom) return learned.draft
  const made = yield* created(session, resource, depth)
  if (made !== undefined) {
    for (const step of learned.steps) yield* on(session, step, made, depth)
    return retargeted(learned.draft, made)
  }
  const listed = yield* listedInstances(session, resource, depth)
  const other = listed[turn % Math.max(1, listed.length)]
  return other === undefined ? undefined : retargeted(learned.draft, other)
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
  let draft = freshened(session, target, freshnessAt(level))
  if (level >= newReferencesFrom) {
    draft = yield* referred(session, draft, 0, function* (resource): Asking<readonly Instance[]> {
      const made = yield* created(session, resource, depth + 1)
      return made === undefined ? yield* obtained(session, resource, depth + 1) : [made]
    })
  }
  return yield* conditional(session, draft)
}

/** Does an operation once more, as new as it must be; `undefined` where it is not taken any more. */
export function* repeated(
  session: Session,
  operation: Operation,
  depth = 0,
): Asking<Draft | undefined> {
  const learned = session.learned.get(operation)
  if (learned === undefined) return undefined
  for (const level of levelsFor(learned)) {
    const draft = yield* renewed(session, operation, level, { depth })
    if (draft === undefined) continue
    if (!isTaken(yield* ask(session, setup(draft)))) continue
    session.learned.set(operation, { ...learned, draft, level })
    return draft
  }
  const resource = resourceOf(operation.path)
  if (resource === undefined || depth > 0 || learned.steps.length > 0) return undefined
  // It was taken by a thing that was in the right state already, and there is no other such thing.
  const drafts = [{ name: 'again', draft: learned.draft }]
  const found = yield* searchThroughStates(session, operation, resource, drafts, depth)
  if (found === undefined) return undefined
  session.learned.set(operation, { ...found, level: 1 })
  return found.draft
}

/** Does an operation to a thing; whether it was taken. */
function* on(
  session: Session,
  operation: Operation,
  thing: Instance,
  depth: number,
): Asking<boolean> {
  const known = session.learned.get(operation)?.draft
  const drafts =
    known === undefined ? draftsOf(session, operation).map(({ draft }) => draft) : [known]
  for (const draft of drafts.slice(0, 2)) {
    const ready = yield* conditional(session, retargeted(draft, thing))
    const filled = yield* referred(session, ready, 0, (resource) =>
      obtained(session, resource, depth + 1),
    )
    if (isTaken(yield* ask(session, setup(filled)))) return true
  }
  return false
}

/**
 * Finds a request of an operation that is taken: documented examples as they are; then with things
 * that there are, and ids of such in the body; then after other operations on a new thing. What was
 * learned is kept. `undefined` where nothing was taken.
 */
export function* reach(
  session: Session,
  operation: Operation,
  depth = 0,
): Asking<Learned | undefined> {
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
  session.learned.set(operation, learned)
  return learned
}

function* search(session: Session, operation: Operation, depth: number): Asking<Found | undefined> {
  const drafts = draftsOf(session, operation).slice(0, draftsMax)
  for (const { draft, name } of drafts) {
    const ready = yield* conditional(session, draft)
    if (session.tried.has(keyOf(written(ready, '')))) continue
    const exchange = yield* ask(session, asked(ready, name, depth))
    if (isTaken(exchange)) return { draft: ready, steps: [] }
    if (isHopeless(exchange)) return undefined
  }
  const resource = resourceOf(operation.path)
  const made = resource === undefined ? undefined : yield* created(session, resource, depth + 1)
  const listed = resource === undefined ? [] : yield* listedInstances(session, resource, depth + 1)
  const things =
    resource === undefined ? [undefined] : [...new Set([...(made ? [made] : []), ...listed])]
  const refer = (name: string): Asking<readonly Instance[]> => obtained(session, name, depth + 1)
  const called = yield* calledByPath(session, operation, refer)
  for (const thing of [...called, ...things].slice(0, instancesMax)) {
    for (const { draft, name } of drafts.slice(0, 2)) {
      const target = thing === undefined ? draft : retargeted(draft, thing)
      const turns = referencesIn(session, target).length === 0 ? 1 : turnsMax
      for (let turn = 0; turn < turns; turn += 1) {
        const filled = yield* referred(session, target, turn, refer)
        const ready = yield* conditional(session, filled)
        if (isTaken(yield* ask(session, asked(ready, name, depth))))
          return { draft: ready, steps: [] }
      }
    }
  }
  if (resource === undefined) return yield* searchWithOtherTexts(session, drafts, depth, refer)
  return yield* searchThroughStates(session, operation, resource, drafts, depth)
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
      const filled = yield* referred(session, retargeted(draft, thing), 0, (one) =>
        obtained(session, one, depth + 1),
      )
      const ready = yield* conditional(session, filled)
      if (isTaken(yield* ask(session, asked(ready, name, depth)))) return { draft: ready, steps }
    }
  }
  return undefined
}
