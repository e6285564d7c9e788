import type { Exchange } from '../../../model/http.ts'
import type { Asking, Observation, Operation } from '../../types.ts'
import { basesOf, readyDraft } from '../bases.ts'
import { written, type Draft, type DraftBody } from '../draft.ts'
import { ask, isTaken } from '../state/observe.ts'
import { reach } from '../state/reach.ts'
import { openSession, type Session, type SessionOptions } from '../state/session.ts'
import { isSafe } from '../state/targets.ts'
import { varied } from '../varied.ts'
import { isStateful, isVaried, isVariedIn, type Variant } from '../variants.ts'
import { breachesByChance } from './broken.ts'
import { diceFor } from './dice.ts'
import { bodiesByChance, changedByChance, type Drawing } from './drawn.ts'
import { openMemory } from './memory.ts'
import type { Change } from './parts.ts'
import { sweeps } from './sweep.ts'

/** What is drawn for one operation: values of ranges, valid requests, and such as must be refused. */
const sweepsMax = 24
const validMax = 28
const invalidMax = 15

/** With everything that is asked to get there, about so many requests. */
const requestsMax = 160

/** Of bodies that have nothing to do with known ones, so many. */
const strangeMax = 8

/** So many requests are remembered as worth being near to. */
const knownMax = 12

/** A failure is shown by its first requests; more of them only cost time. */
const failuresMax = 3

const keep: Change = { words: 'a body drawn by chance', apply: (draft) => draft }

const variantOf = ({ words, apply }: Change): Variant => ({
  words: `by chance: ${words}`,
  part: 'by chance',
  rule: 'chance',
  breach: { part: 'body' },
  apply,
})

const isFailure = ({ answer, failure }: Exchange): boolean =>
  failure !== undefined || (answer?.status ?? 0) >= 500

/** Counts what is asked on the way. */
function* counting<Result>(asking: Asking<Result>, count: () => void): Asking<Result> {
  let step = asking.next()
  while (step.done !== true) {
    count()
    step = asking.next(yield step.value)
  }
  return step.value
}

/** Something that was taken, and which others are drawn near to. */
interface Known {
  readonly body: DraftBody | undefined
  readonly change: Change
}

/** Values from all over each range, in each of the bodies that are taken. */
function* swept(
  { session, memory }: Drawing,
  operation: Operation,
  known: readonly Known[],
  isOver: () => boolean,
): Asking<void> {
  const learned = session.learned.get(operation)
  if (learned === undefined) return
  const parts = new Set<string>()
  const changes = known.flatMap(({ body }) =>
    sweeps(session, body === undefined ? learned.draft : { ...learned.draft, body }, parts).map(
      (change) => ({ change, body }),
    ),
  )
  let failures = 0
  for (const { change, body } of changes.slice(0, sweepsMax)) {
    if (isOver() || failures >= failuresMax) return
    const exchange = yield* varied(session, operation, variantOf(change), body)
    memory.isNew(exchange)
    if (isFailure(exchange)) failures += 1
  }
}

/** Requests that keep the document, near to those that were answered in a new way. */
function* valid(
  drawing: Drawing,
  operation: Operation,
  known: Known[],
  isOver: () => boolean,
): Asking<void> {
  const { session, dice, memory } = drawing
  const learned = session.learned.get(operation)
  if (learned === undefined) return
  const [first] = known
  const strange = first?.body === undefined ? [] : bodiesByChance(drawing, first.body, strangeMax)
  let failures = 0
  for (let turn = 0; turn < validMax && failures < failuresMax && !isOver(); turn += 1) {
    const stranger = turn % 4 === 3 ? strange[Math.floor(turn / 4)] : undefined
    // The latest finds are the most promising.
    const near = dice.happens(2) ? known.at(-1) : dice.pick(known)
    const body = stranger ?? near?.body
    const start = near?.change ?? keep
    const base: Draft = body === undefined ? learned.draft : { ...learned.draft, body }
    const own = stranger === undefined ? changedByChance(drawing, start.apply(base)) : keep
    if (own === undefined) continue
    const change: Change =
      stranger !== undefined || start === keep
        ? own
        : {
            words: `${start.words}, ${own.words}`,
            apply: (draft) => own.apply(start.apply(draft)),
          }
    const exchange = yield* varied(session, operation, variantOf(change), body)
    if (isFailure(exchange)) failures += 1
    const isNew = memory.isNew(exchange)
    if (isNew && isTaken(exchange) && known.length < knownMax) known.push({ body, change })
  }
}

/** Requests that break one clause each, made from what was found. */
function* invalid(
  drawing: Drawing,
  operation: Operation,
  known: readonly Known[],
  isOver: () => boolean,
): Asking<void> {
  const { session, dice } = drawing
  const rounds = Math.min(3, known.length)
  for (let round = 0; round < rounds; round += 1) {
    const near = round === 0 ? known[0] : dice.pick(known)
    const options = near?.body === undefined ? {} : { body: near.body }
    const ready = function* (): Asking<Draft | undefined> {
      const draft = yield* readyDraft(session, operation, options)
      return draft === undefined ? undefined : near?.change.apply(draft)
    }
    let draft = yield* ready()
    if (draft === undefined) return
    const { base, variants } = breachesByChance(drawing, draft, Math.ceil(invalidMax / rounds))
    const lengthened = (one: Draft): Draft =>
      one.body === undefined || base.body === undefined ? one : { ...one, body: base.body }
    for (const variant of variants) {
      if (isOver()) return
      const { words, breach } = variant
      const changed = variant.apply(lengthened(draft))
      const intent = { kind: 'invalid', breach, words } as const
      const exchange = yield* ask(session, written(changed, words, intent))
      if (isTaken(exchange) && !isSafe(operation)) draft = (yield* ready()) ?? draft
    }
  }
}

function* drawn(session: Session, operation: Operation, isOver: () => boolean): Asking<void> {
  const learned = yield* reach(session, operation)
  if (learned === undefined) return
  const dice = diceFor(session.seed, `${operation.method} ${operation.path}`)
  const drawing: Drawing = { session, dice, memory: openMemory(), waiting: [] }
  const bodies = yield* basesOf(session, operation)
  const known = bodies.map((body): Known => ({ body, change: keep }))
  yield* swept(drawing, operation, known, isOver)
  yield* valid(drawing, operation, known, isOver)
  yield* invalid(drawing, operation, known, isOver)
}

/** Whether anything of a request may be drawn: which thing a path calls is no matter of chance. */
const isDrawn = (operation: Operation): boolean => {
  const parameters = operation.parameters.filter(
    (one) => one.in !== 'path' && isVariedIn(one) && !isStateful(one),
  )
  return isVaried({ ...operation, parameters })
}

/**
 * The script of the technique `fuzz`: requests by chance, the same for the same seed. Valid ones may
 * be refused for what only words say, so a refusal of theirs is no finding; whatever else the
 * provider answers is judged as any answer is.
 */
export const fuzz = (operation: Operation, options: SessionOptions) =>
  isDrawn(operation)
    ? function* (): Asking<readonly Observation[]> {
        const session = openSession(options)
        let requests = 0
        const isOver = (): boolean => requests >= requestsMax
        yield* counting(drawn(session, operation, isOver), () => {
          requests += 1
        })
        return []
      }
    : undefined
