import type { Exchange } from '../../../model/http.ts'
import type { Asking, Observation, Operation } from '../../types.ts'
import { readyDraft } from '../bases.ts'
import { written, type Draft } from '../draft.ts'
import { isCreating } from '../state/creators.ts'
import { freshened, withOwnKey } from '../state/freshen.ts'
import { ask, isTaken } from '../state/observe.ts'
import { reach, repeated } from '../state/reach.ts'
import type { Session } from '../state/session.ts'
import { forbidsOverlap, touchingIn } from './range-words.ts'
import {
  overlapsOf,
  ranged,
  rangeIn,
  rangesIn,
  roomy,
  type Range,
  type RangePlace,
} from './range-places.ts'
import { observed } from './reading.ts'
import { sentencesOf } from './state-rules.ts'
import { wordsAt, wordsOfStatus } from './words.ts'

/** Level of newness at which texts and times are new. */
const newTimes = 4

interface Taken {
  readonly draft: Draft
  readonly range: Range
  readonly exchange: Exchange
}

/** A range that is taken from now on, with room inside if that can be had. */
function* occupiedRange(
  session: Session,
  operation: Operation,
  place: RangePlace,
): Asking<Taken | undefined> {
  for (const widen of [roomy, (range: Range) => range]) {
    const fresh = yield* readyDraft(session, operation, {}, newTimes)
    if (fresh === undefined) return undefined
    const draft = ranged(session, fresh, place, widen(rangeIn(fresh, place), place))
    if (draft === undefined) continue
    const exchange = yield* ask(session, written(draft, 'a range'))
    if (isTaken(exchange)) return { draft, range: rangeIn(draft, place), exchange }
  }
  return undefined
}

/** Where two ranges must not overlap, none that does is taken, and one that only touches is as the document says. */
export function* ranges(session: Session, operation: Operation): Asking<readonly Observation[]> {
  const { spec } = session
  const conflict = wordsOfStatus(spec, operation, '409')
  if (!isCreating(operation) || !forbidsOverlap(conflict)) return []
  const learned = yield* reach(session, operation)
  const place = learned === undefined ? undefined : rangesIn(session, learned.draft)[0]
  if (place === undefined) return []
  yield* repeated(session, operation)
  const taken = yield* occupiedRange(session, operation, place)
  if (taken === undefined) return []
  const words = [wordsAt(spec, operation.pointer), conflict, place.words].join(' ')
  const touched = yield* touching(session, operation, place, taken, words)
  for (const [how, range] of overlapsOf(taken.range, place)) {
    const draft = ranged(session, taken.draft, place, range)
    // Of a range of no length nobody says what it is.
    if (draft === undefined || range[0] >= range[1]) continue
    const exchange = yield* ask(session, written(withOwnKey(session, draft), `one that ${how}`))
    if (!isTaken(exchange)) continue
    const state = `${how}${how.startsWith('has') ? '' : ' a range'} that is taken`
    return [
      ...touched,
      observed('conflict-accepted', operation, [taken.exchange, exchange], {
        words: conflict,
        state,
      }),
    ]
  }
  return touched
}

/** Ranges that begin where another one ends, or end where it begins. */
function* touching(
  session: Session,
  operation: Operation,
  place: RangePlace,
  { draft, range: [from, to], exchange: first }: Taken,
  words: string,
): Asking<readonly Observation[]> {
  const told = touchingIn(words)
  if (told === undefined) return []
  const said = sentencesOf(words).find((one) => touchingIn(one) === told) ?? words
  const length = to - from
  const other = function* (name: string, range: Range): Asking<Exchange | undefined> {
    const fresh = withOwnKey(session, freshened(session, draft, { textsFrom: 4 }))
    const moved = ranged(session, fresh, place, range)
    return moved === undefined ? undefined : yield* ask(session, written(moved, name))
  }
  // Far enough for anything, and as long as the one that touches.
  const control = yield* other('one that is apart', [from + 4 * length, to + 4 * length])
  if (control === undefined || !isTaken(control)) return []
  const sides: readonly (readonly [string, Range])[] = [
    ['begins when it ends', [to, to + length]],
    ['ends when it begins', [from - length, from]],
  ]
  const observations: Observation[] = []
  for (const [how, range] of sides) {
    const exchange = yield* other(`one that ${how}`, range)
    if (exchange === undefined) continue
    observations.push(
      told === 'free'
        ? observed('conflict-unfounded', operation, [first, control, exchange], {
            how,
            words: said,
          })
        : observed('conflict-accepted', operation, [first, exchange], {
            words: said,
            state: how.replace('it', 'one that is taken'),
          }),
    )
  }
  return observations
}
