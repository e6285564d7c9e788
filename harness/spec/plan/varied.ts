import type { Exchange } from '../../model/http.ts'
import type { Asking, Operation } from '../types.ts'
import { readyDraft } from './bases.ts'
import { written, type DraftBody } from './draft.ts'
import { pairRule } from './pairs/combinations.ts'
import type { Refused } from './refusals.ts'
import { levelMax } from './state/freshen.ts'
import { ask, isTaken } from './state/observe.ts'
import type { Session } from './state/session.ts'
import { isSafe } from './state/targets.ts'
import type { Variant } from './variants.ts'

const statusOf = ({ answer }: Exchange): number => answer?.status ?? 0

/** Refusals that another state may mend (RFC 9110, 15.5). */
const isOfState = (status: number): boolean =>
  [404, 409, 410, 412, 422, 423, 424, 428].includes(status)

const isOfForm = (status: number): boolean => [400, 406, 411, 413, 414, 415, 422].includes(status)

/** A valid variant, sent in the state that should take it, and in newer ones where it is refused. */
export function* varied(
  session: Session,
  operation: Operation,
  variant: Variant,
  body: DraftBody | undefined,
): Asking<Exchange> {
  const options = body === undefined ? {} : { body }
  const learned = session.learned.get(operation)?.level ?? 0
  let exchange: Exchange | undefined
  const levels = isSafe(operation)
    ? [0]
    : [...new Set([learned, ...[1, 2, 4].map((one) => Math.max(one, learned))])]
  for (const level of levels.filter((one) => one <= levelMax)) {
    const draft = yield* readyDraft(session, operation, options, level)
    if (draft === undefined) break
    exchange = yield* ask(session, written(variant.apply(draft), variant.words, { kind: 'valid' }))
    if (isTaken(exchange) || !isOfState(statusOf(exchange))) break
  }
  return (
    exchange ??
    (yield* ask(
      session,
      written(
        variant.apply(
          session.learned.get(operation)?.draft ?? { operation, values: [], credentials: [] },
        ),
        variant.words,
      ),
    ))
  )
}

/** A valid request, and what came of it. */
export interface Tried {
  readonly variant: Variant
  readonly body: DraftBody | undefined
  readonly exchange: Exchange
}

const explainedMax = 12

/** The valid requests that were refused as if they were malformed. */
export const refusedOf = (tried: readonly Tried[]): readonly Refused[] =>
  tried
    // Of two things together nothing is like it that is forbidden: there is nothing to put beside it.
    .filter(({ exchange, variant }) => variant.rule !== pairRule && isOfForm(statusOf(exchange)))
    .slice(0, explainedMax)
    .map((one) => ({
      ...one,
      isNeighbourTaken: tried.some(
        ({ variant, exchange }) =>
          variant.part === one.variant.part &&
          variant.rule === one.variant.rule &&
          isTaken(exchange),
      ),
    }))
