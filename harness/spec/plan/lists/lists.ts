import type { Asking, Observation, Operation } from '../../types.ts'
import { withParameter, type Draft } from '../draft.ts'
import { created, reach } from '../state/reach.ts'
import { instancesOf, operationAt, type Session } from '../state/session.ts'
import { retargeted } from '../state/targets.ts'
import { resourceOf, skeletonOf } from '../state/templates.ts'
import { settled } from '../sequences/settled.ts'
import { filters } from './filters.ts'
import { pages } from './pages.ts'
import { sorts } from './sorts.ts'
import { populated, shapeOf, wideView } from './view.ts'

/** How many items a list needs so that pages, filters and orders tell something. */
const itemsWanted = 5

/** The list of that to which things were added: what is listed may belong to another. */
const aboutWhatWasMade = (session: Session, draft: Draft): Draft => {
  const creator = operationAt(session, 'POST', skeletonOf(draft.operation.path))
  const made = creator === undefined ? undefined : session.learned.get(creator)?.draft
  if (made === undefined) return draft
  const values = made.values.filter(([{ in: place }]) => place === 'path')
  return values.reduce((one, [parameter, value]) => withParameter(one, parameter, value), draft)
}

const outersMax = 4

/** The list that tells most: of things that all have one, the thing whose list is longest. */
function* longest(session: Session, draft: Draft): Asking<Draft> {
  const outer = resourceOf(draft.operation.path)
  const instances = outer === undefined ? [] : instancesOf(session, outer)
  let best = { draft, count: -1 }
  for (const one of instances.toReversed().slice(0, outersMax)) {
    const other = retargeted(draft, one)
    const seen = yield* wideView(session, shapeOf(other), [], 'the list of another')
    const count = seen?.items.length ?? -1
    if (count > best.count) best = { draft: other, count }
  }
  return best.draft
}

/** How many things are known that a list of this operation should hold. */
const knownIn = ({ instances }: Session, path: string): number =>
  instances.get(`${skeletonOf(path)}/{}`)?.length ?? 0

/** What is only seen from one view of a list to the next. */
export function* lists(session: Session, operation: Operation): Asking<readonly Observation[]> {
  const learned = yield* reach(session, operation)
  if (learned === undefined) return []
  const first = yield* wideView(session, shapeOf(learned.draft), [], 'the whole list')
  if (first === undefined) return []
  const known = knownIn(session, operation.path)
  if (first.items.length < itemsWanted) {
    yield* created(session, `${skeletonOf(operation.path)}/{}`, 1)
    yield* populated(session, operation, first.items.length, itemsWanted)
  }
  let shape = shapeOf(aboutWhatWasMade(session, learned.draft))
  const isGrown = knownIn(session, operation.path) > known
  let whole = yield* settled(
    () => wideView(session, shape, [], 'the whole list'),
    (seen) => !isGrown || seen === undefined || seen.items.length > first.items.length,
  )
  if (whole !== undefined && whole.items.length < itemsWanted) {
    const other = shapeOf(yield* longest(session, shape.draft))
    const seen = yield* wideView(session, other, [], 'the whole list')
    if (seen !== undefined && seen.items.length > whole.items.length)
      [shape, whole] = [other, seen] as const
  }
  if (whole === undefined || whole.items.length === 0) return []
  return [
    ...(yield* pages(session, shape, whole)),
    ...(yield* filters(session, shape, whole)),
    ...(yield* sorts(session, shape, whole)),
  ]
}
