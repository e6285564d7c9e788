import { setTimeout as after } from 'node:timers/promises'
import { Blocked } from '../../model/user-error.ts'
import type { Swap } from '../swap.ts'
import type { RunningProvider } from './start-provider.ts'

/** A provider whose connections were ended notices within a turn of its own, or needs a push. */
const noticeMilliseconds = 25
const pollMilliseconds = 2

/** Without any connection let go in this time, more pushing changes nothing. */
const noProgressMilliseconds = 1500

/** Looks at the same time: each gets a connection of its own from a pool. */
const looksMax = 4

/** The bound on all of it. */
const withinMilliseconds = 10_000

/** A push that waits for a new connection: it must get one before anything else can happen. */
const waitingMilliseconds = 100

/** What settling needs of a provider. */
export type Settling = Pick<RunningProvider, 'look' | 'ended'>

const sum = (swaps: readonly Swap[], count: (swap: Swap) => number): number =>
  swaps.reduce((total, swap) => total + count(swap), 0)

const notRecovered = (reason: string, fix: string): Blocked =>
  new Blocked({
    problem: `The provider did not recover when its database was swapped: ${reason}.`,
    fix,
  })

const assertAlive = (provider: Settling): void => {
  if (provider.ended())
    throw notRecovered(
      'it ended',
      "let it survive that idle connections are lost, or set reset: 'process'",
    )
}

/**
 * Pushes the provider until it has closed its end of every connection that was ended. A pool that
 * checks nothing, or nothing for some time after a use, hands out dead connections: these looks at
 * `ready` get them, and no case does. New connections wait meanwhile, so that
 * a live one is not handed out again and again in their stead.
 */
const untilLetGo = async (
  provider: Settling,
  swaps: readonly Swap[],
  signal: AbortSignal,
): Promise<void> => {
  const left = (): number => sum(swaps, (swap) => swap.left())
  const gone = Promise.all(swaps.map((swap) => swap.gone))
  await Promise.race([gone, after(noticeMilliseconds)])
  let [fewest, since] = [left(), performance.now()]
  const deadline = since + withinMilliseconds
  while (left() > 0) {
    signal.throwIfAborted()
    assertAlive(provider)
    const count = Math.min(left(), looksMax)
    const look = Promise.all(Array.from({ length: count }, () => provider.look()))
    const seen = await Promise.race([look, gone, after(waitingMilliseconds, 'waits' as const)])
    if (seen === 'waits' && sum(swaps, (swap) => swap.waiting()) > 0) {
      for (const swap of swaps) swap.open()
      await Promise.race([look, gone])
    }
    // Its end of a connection is closed a little after it has answered.
    await Promise.race([gone, after(pollMilliseconds)])
    const now = performance.now()
    if (left() < fewest) [fewest, since] = [left(), now]
    if (left() > 0 && (now - since > noProgressMilliseconds || now > deadline))
      throw notRecovered(
        `it kept ${left()} connections open that were ended, so its pool could hand out a dead one`,
        "let provider.ready name a path that uses the database, or set reset: 'process'",
      )
  }
}

/**
 * Waits until a provider whose dependencies were swapped has nothing left of the old ones and is
 * ready on the new ones.
 *
 * Throws `Blocked` where it ended, keeps ended connections, or does not get ready again.
 *
 * @example
 * await settle(provider, swaps, signal)
 */
export const settle = async (
  provider: Settling,
  swaps: readonly Swap[],
  signal: AbortSignal,
): Promise<void> => {
  await untilLetGo(provider, swaps, signal)
  for (const swap of swaps) swap.open()
  const deadline = performance.now() + withinMilliseconds
  for (;;) {
    signal.throwIfAborted()
    const seen = await provider.look()
    assertAlive(provider)
    if ('host' in seen) return
    if (performance.now() >= deadline)
      throw notRecovered(
        `it was not ready again within ${withinMilliseconds / 1000} s: ${seen.problem}`,
        "let it connect again when connections are lost, or set reset: 'process'",
      )
    await after(pollMilliseconds)
  }
}
