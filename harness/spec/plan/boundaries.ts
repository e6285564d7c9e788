import { listsInside, listsOutside } from '../schema/vary/lists.ts'
import { branchesInside, membersInside, optionalInside } from '../schema/vary/members.ts'
import { numbersInside, numbersOutside, numbersThatTrip } from '../schema/vary/numbers.ts'
import { textsInside, textsOfTheWorld, textsOutside, textsThatTrip } from '../schema/vary/texts.ts'
import type { Asking, Observation, Operation } from '../types.ts'
import { basesOf, readyDraft } from './bases.ts'
import { breached, trialOf } from './breaches.ts'
import { otherWays } from './other-ways.ts'
import { written, type Draft } from './draft.ts'
import { combinations } from './pairs/combinations.ts'
import { refusalsExplained } from './refusals.ts'
import { ask } from './state/observe.ts'
import { reach } from './state/reach.ts'
import { openSession, type Session, type SessionOptions } from './state/session.ts'
import { refusedOf, varied, type Tried } from './varied.ts'
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

/** Just outside of each bound. */
export const outside: readonly Vary[] = [numbersOutside, textsOutside, listsOutside]

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
          for (const variant of [
            ...variantsOf(session, base, inside, inParameters, true),
            ...combinations(session, base),
          ]) {
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
