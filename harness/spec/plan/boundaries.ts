import type { Exchange } from '../../model/http.ts'
import { listsInside, listsOutside } from '../schema/vary/lists.ts'
import { branchesInside, membersInside, optionalInside } from '../schema/vary/members.ts'
import { numbersInside, numbersOutside, numbersThatTrip } from '../schema/vary/numbers.ts'
import { textsInside, textsOfTheWorld, textsOutside, textsThatTrip } from '../schema/vary/texts.ts'
import type { Asking, Observation, Operation } from '../types.ts'
import { basesOf, readyDraft } from './bases.ts'
import { breached, trialOf } from './breaches.ts'
import { otherWays } from './other-ways.ts'
import { written, type Draft, type DraftBody } from './draft.ts'
import { refusalsExplained, type Refused } from './refusals.ts'
import { levelMax } from './state/freshen.ts'
import { ask, isTaken } from './state/observe.ts'
import { reach } from './state/reach.ts'
import { openSession, type Session, type SessionOptions } from './state/session.ts'
import { isSafe } from './state/targets.ts'
import { bodyVariants, isVaried, parameterVariants, type Variant, type Vary } from './variants.ts'

const inside: readonly Vary[] = [
  numbersInside,
  textsInside,
  listsInside,
  membersInside,
  optionalInside,
  branchesInside,
  textsOfTheWorld,
]

const inParameters: readonly Vary[] = [
  numbersInside,
  textsInside,
  listsInside,
  membersInside,
  textsOfTheWorld,
]

const outside: readonly Vary[] = [numbersOutside, textsOutside, listsOutside]

const variantsOf = (
  session: Session,
  base: Draft,
  inBody: readonly Vary[],
  inPlaces: readonly Vary[],
  isValid: boolean,
): readonly Variant[] => {
  const { spec, seed } = session
  const context = { document: spec.document, seed }
  return [
    ...bodyVariants(spec, base, inBody, context, isValid),
    ...parameterVariants(spec, base, inPlaces, context, isValid),
  ]
}

const oddMax = 60

const statusOf = ({ answer }: Exchange): number => answer?.status ?? 0

/** Refusals that another state may mend (RFC 9110, 15.5). */
const isOfState = (status: number): boolean =>
  [404, 409, 410, 412, 422, 423, 424, 428].includes(status)

const isOfForm = (status: number): boolean => [400, 406, 411, 413, 414, 415, 422].includes(status)

/** A valid variant, sent in the state that should take it, and in newer ones where it is refused. */
function* varied(
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

interface Tried {
  readonly variant: Variant
  readonly body: DraftBody | undefined
  readonly exchange: Exchange
}

const explainedMax = 12

/** The valid requests that were refused as if they were malformed. */
const refusedOf = (tried: readonly Tried[]): readonly Refused[] =>
  tried
    .filter(({ exchange }) => isOfForm(statusOf(exchange)))
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

/** The script of the technique `boundaries`: each bound on, just inside and just outside. */
export const boundaries = (operation: Operation, options: SessionOptions) =>
  isVaried(operation)
    ? function* (): Asking<readonly Observation[]> {
        const session = openSession(options)
        const learned = yield* reach(session, operation)
        if (learned === undefined) return []
        yield* breached(session, operation, (base) =>
          variantsOf(session, base, outside, outside, false).map(trialOf),
        )
        const bodies = yield* basesOf(session, operation)
        const tried = new Map<string, Tried>()
        for (const body of bodies) {
          const base = body === undefined ? learned.draft : { ...learned.draft, body }
          for (const variant of variantsOf(session, base, inside, inParameters, true)) {
            const key = JSON.stringify([variant.part, variant.rule, variant.value])
            if (tried.has(key)) continue
            tried.set(key, {
              variant,
              body,
              exchange: yield* varied(session, operation, variant, body),
            })
          }
        }
        yield* tripped(session, operation, learned.draft)
        return yield* refusalsExplained(session, operation, refusedOf([...tried.values()]))
      }
    : undefined

/** Texts that programs trip over: whatever comes, it must be no failure. */
function* tripped(session: Session, operation: Operation, base: Draft): Asking<void> {
  const { spec, seed } = session
  const context = { document: spec.document, seed }
  const draft = (yield* readyDraft(session, operation)) ?? base
  const variants = [true, false].flatMap((isValid) => [
    ...bodyVariants(spec, draft, [textsThatTrip, numbersThatTrip], context, isValid),
    ...parameterVariants(spec, draft, [textsThatTrip, numbersThatTrip], context, isValid),
  ])
  for (const variant of variants.slice(0, oddMax))
    yield* ask(session, written(variant.apply(draft), variant.words, { kind: 'odd' }))
  // A form that is right may still be a value that nobody gave out.
  for (const [words, other] of otherWays(session, draft))
    yield* ask(session, written(other, words, { kind: 'odd' }))
}
