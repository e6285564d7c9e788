import { headerOf, type Exchange } from '../../../model/http.ts'
import { isObject } from '../../json.ts'
import type { Asking, Observation, PlannedRequest } from '../../types.ts'
import { written, type Draft } from '../draft.ts'
import { ask, jsonOf } from '../state/observe.ts'
import { instancesOf, type Instance, type Session } from '../state/session.ts'
import { matchPath, resourcesOf, skeletonOf } from '../state/templates.ts'
import { totalIn } from '../lists/view.ts'
import { countIn, listed, observed, type Listing, type Reading } from './reading.ts'
import { readBack } from './lost.ts'
import { isLate, settled } from './settled.ts'

/** A thing that an operation made, as its answer calls it. */
export const madeBy = (
  session: Session,
  draft: Draft,
  known: ReadonlySet<Instance>,
): Instance | undefined =>
  [`${skeletonOf(draft.operation.path)}/{}`, ...session.resources]
    .flatMap((resource) => instancesOf(session, resource))
    .find((one) => one.origin === 'created' && !known.has(one))

/** All things that are known now, so that a new one is known as such. */
export const knownThings = (session: Session): ReadonlySet<Instance> =>
  new Set([...session.instances.values()].flat())

/** Where a Location leads, as a request: with the credentials of whoever may read there. */
const following = (session: Session, location: string, draft: Draft): PlannedRequest => {
  const target = location.replace(/^[a-z]+:\/\/[^/]+/i, '')
  const path = target.split(/[?#]/)[0] ?? target
  const operation = session.spec.operations
    .filter((one) => one.method === 'GET' && matchPath(one.basePath + one.path, path) !== undefined)
    .toSorted((a, b) => resourcesOf(a.path).length - resourcesOf(b.path).length)[0]
  const { body: _, ...rest } = written(draft, 'following Location')
  const headers = rest.headers.filter(([name]) => /^accept$/i.test(name))
  return {
    ...rest,
    method: 'GET',
    target: target.startsWith('/') ? target : `${draft.operation.basePath}/${target}`,
    headers,
    ...(operation === undefined ? { intent: { kind: 'aside' } } : { operation }),
  }
}

/** Properties that both bodies have and in which things of one kind differ. */
const idsOf = (made: Exchange, found: Exchange): readonly (readonly [string, string])[] => {
  const [a, b] = [jsonOf(made), jsonOf(found)]
  if (!isObject(a) || !isObject(b)) return []
  return Object.keys(a)
    .filter((name) => /^(id|uuid|key|code|slug|.*(Id|_id))$/.test(name) && b[name] !== undefined)
    .map((name) => [JSON.stringify(a[name]), JSON.stringify(b[name])] as const)
}

/** What was made must be where Location says, must be readable, and must be listed. */
export function* foundWhereItIs(
  session: Session,
  draft: Draft,
  made: Exchange,
  thing: Instance | undefined,
  before?: Listing,
): Asking<{
  readonly observations: readonly Observation[]
  readonly reading: Reading | undefined
}> {
  const { operation } = draft
  const observations: Observation[] = []
  const location = headerOf(made.answer?.headers ?? [], 'location')
  const isMade = made.answer?.status === 201
  if (location !== undefined && isMade) {
    const exchange = yield* settled(
      () => ask(session, following(session, location, draft)),
      ({ answer }) => answer?.status !== 404,
    )
    const isOther = idsOf(made, exchange).some(([a, b]) => a !== b)
    observations.push(
      observed('location-wrong', operation, [made, exchange], { location, isOther }),
    )
  }
  if (thing === undefined) return { observations, reading: undefined }
  const reading = yield* settled(
    () => readBack(session, draft, made, thing),
    (seen) => seen?.exchange.answer?.status !== 404,
  )
  if (reading !== undefined && location === undefined)
    observations.push(
      observed('location-wrong', operation, [made, reading.exchange], { isOther: false }),
    )
  const list = isMade
    ? yield* settled(
        () => listed(session, thing),
        (seen) => seen === undefined || countIn(seen, thing) !== 0,
      )
    : undefined
  const count = list === undefined ? undefined : countIn(list, thing)
  const isNotYet = list !== undefined && count === 0 && isLate(session, list.operation)
  if (list !== undefined && count !== undefined && !isNotYet)
    observations.push(
      observed('created-unlisted', operation, [made, list.exchange], {
        count,
        path: list.operation.path,
      }),
    )
  if (list !== undefined && before !== undefined && count !== undefined && count > 0)
    observations.push(...grown(before, list))
  return { observations, reading }
}

/** A total that a list had before there was more in it, and has still. */
const grown = (before: Listing, after: Listing): readonly Observation[] => {
  const [old, now] = [totalIn(before), totalIn(after)]
  // Some count only so far, and that is a round number.
  if (old === undefined || now === undefined || now.total > old.total) return []
  if (old.total > 0 && old.total % 500 === 0) return []
  const facts = { ...now, count: old.total + 1 }
  return [observed('total-wrong', after.operation, [before.exchange, after.exchange], facts)]
}
