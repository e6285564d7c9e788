import type { Asking, Observation, Operation } from '../../types.ts'
import { withParameter, type Draft } from '../draft.ts'
import { created, reach } from '../state/reach.ts'
import { operationAt, type Session } from '../state/session.ts'
import { skeletonOf } from '../state/templates.ts'
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

/** What is only seen from one view of a list to the next. */
export function* lists(session: Session, operation: Operation): Asking<readonly Observation[]> {
  const learned = yield* reach(session, operation)
  if (learned === undefined) return []
  const first = yield* wideView(session, shapeOf(learned.draft), [], 'the whole list')
  if (first === undefined) return []
  if (first.items.length < itemsWanted) {
    yield* created(session, `${skeletonOf(operation.path)}/{}`, 1)
    yield* populated(session, operation, first.items.length, itemsWanted)
  }
  const shape = shapeOf(aboutWhatWasMade(session, learned.draft))
  const whole = yield* wideView(session, shape, [], 'the whole list')
  if (whole === undefined || whole.items.length === 0) return []
  return [
    ...(yield* pages(session, shape, whole)),
    ...(yield* filters(session, shape, whole)),
    ...(yield* sorts(session, shape, whole)),
  ]
}
