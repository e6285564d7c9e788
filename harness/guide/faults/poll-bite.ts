import { setTimeout as sleep } from 'node:timers/promises'

const pollMilliseconds = 40

/** Looks again and again for the first effect of a fault that shows only while it lasts. */
export interface BitePoll {
  firstBite(): Promise<number | undefined>
  /** Ends the looking. Never rejects. */
  stop(): Promise<void>
}

/**
 * Looks in the background until `look` sees an effect. What `look` throws is taken for "not yet": the
 * fault may stand in its own way.
 *
 * @example
 * const bite = pollBite(async () => (await waitingFor(ourLock)) > 0)
 */
export const pollBite = (look: () => Promise<boolean>): BitePoll => {
  const ended = new AbortController()
  let bitAt: number | undefined
  const once = async (): Promise<void> => {
    if (bitAt === undefined && (await look().catch(() => false))) bitAt = Date.now()
  }
  const looking = (async () => {
    for (;;) {
      await once()
      if (bitAt !== undefined || ended.signal.aborted) return
      await sleep(pollMilliseconds, undefined, { signal: ended.signal }).catch(() => {})
    }
  })()
  return {
    firstBite: async () => {
      await once()
      return bitAt
    },
    stop: async () => {
      ended.abort()
      await looking
    },
  }
}
