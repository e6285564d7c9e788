import { actionsOn } from '../state/creators.ts'
import { ask, isTaken, jsonOf } from '../state/observe.ts'
import { reach } from '../state/reach.ts'
import { operationAt, type Session } from '../state/session.ts'
import { conditional, draftsOf, retargeted, setup } from '../state/targets.ts'
import { isObject, named } from '../../json.ts'
import type { Asking } from '../../types.ts'
import type { Child } from './children.ts'
import { read } from './reading.ts'
import { saying, statesOf } from './state-rules.ts'

const neutral = new Set(
  'a an any all the its their other further some with without has have holds hold contains contain no more of such own are is there still to for and or every each these those'.split(
    ' ',
  ),
)

/**
 * Whether a sentence that names a kind means this one of it: *bookings that are not cancelled*, *open
 * loans*. What is said of it in words that are no state of it is not understood, and then none is meant.
 */
const isMeant = (session: Session, sentence: string, { kind, body }: Child): boolean => {
  const reading = operationAt(session, 'GET', kind.resource) ?? kind.operation
  const states = statesOf(session.spec, reading)
  const spoken = [...states].flatMap(([property, values]) =>
    values
      .filter((value) => saying(property, value).test(sentence))
      .map((value) => ({ property, value })),
  )
  const around = new RegExp(`(\\S+)\\s+${kind.noun}\\w*\\b(?:\\s+(\\w+))?`, 'i').exec(sentence)
  const [, before = 'a', after = ''] = around ?? []
  const isKnown =
    neutral.has(before.toLowerCase()) ||
    spoken.some(({ property, value }) => saying(property, value).test(before))
  const isQualified = /^(that|which|who|whose|where|in|by|from)$/i.test(after)
  if (!isKnown || (isQualified && spoken.length === 0)) return false
  return spoken.every(({ property, value }) => {
    const word = value === true ? property : named(value)
    const isNot = new RegExp(`\\b(not|no longer|isn't|aren't|un)\\b[^,;]*\\b${word}`, 'i').test(
      sentence,
    )
    return body?.[property] !== undefined && (body[property] === value) !== isNot
  })
}

/** Brings a thing into the state that a sentence means, by the operations on it; whether it is in it. */
export function* broughtInto(
  session: Session,
  sentence: string,
  child: Child,
): Asking<Child | undefined> {
  if (isMeant(session, sentence, child)) return child
  const { thing, kind } = child
  if (thing === undefined) return undefined
  for (const action of actionsOn(session, kind.resource)) {
    const learned = yield* reach(session, action, 1)
    const draft = learned?.draft ?? draftsOf(session, action)[0]?.draft
    if (draft === undefined) continue
    const ready = yield* conditional(session, retargeted(draft, thing))
    const exchange = yield* ask(session, setup(ready))
    if (!isTaken(exchange)) continue
    const body = (yield* read(session, thing))?.body ?? jsonOf(exchange)
    const next = { ...child, body: isObject(body) ? body : undefined }
    if (isMeant(session, sentence, next)) return next
  }
  return undefined
}
