import type { Asking, Operation } from '../../types.ts'
import type { Session } from '../state/session.ts'
import { wordsOfSuccess } from './words.ts'

/** Milliseconds between looks: together as long as a list may be cached, or a task may be behind. */
const pauses = [100, 400, 1000]

/** Words with which a document says that what was done shows only later. */
const later =
  /eventual|\bcach(ed|ing)\b|\blags?\b|\bdelay|stale|background|asynchronous|(few|several|\d+) (seconds|minutes|hours)|take (a|some) (moment|while|time)|may take|not immediate/i

/** Whether a document says of an operation that what was done may show there, or happen, only later. */
export const isLate = ({ spec }: Session, operation: Operation): boolean =>
  later.test(wordsOfSuccess(spec, operation))

/** The same requests, the first of them sent after a while. */
function* delayed<Seen>(look: Asking<Seen>, after: number): Asking<Seen> {
  let step = look.next()
  for (let pause = after; step.done !== true; pause = 0)
    step = look.next(yield pause === 0 ? step.value : { ...step.value, after: pause })
  return step.value
}

/**
 * Looks until something is as it should be, for a while: many providers keep lists for a moment, or
 * do in the background what they have answered. What is wrong after that is wrong.
 */
export function* settled<Seen>(
  look: () => Asking<Seen>,
  isRight: (seen: Seen) => boolean,
): Asking<Seen> {
  let seen = yield* look()
  for (const after of pauses) {
    if (isRight(seen)) return seen
    seen = yield* delayed(look(), after)
  }
  return seen
}
