/** Who may have how many testbeds at once. */
export interface Queue {
  /**
   * Waits for a place, first come, first served; resolves with a function that gives it back. A
   * holder that has a place already gets another one at once: two cases that each hold one testbed
   * and wait for a second would wait for each other for ever.
   *
   * Rejects with the signal's reason when it is aborted first.
   */
  enter(holder: string, signal: AbortSignal): Promise<() => void>
}

interface Waiting {
  readonly holder: string
  readonly admit: () => void
}

/**
 * A queue with a fixed number of places.
 *
 * @example
 * const queue = openQueue(2)
 * const leave = await queue.enter('a3f09c2d41', signal)
 * leave()
 */
export const openQueue = (atOnce: number): Queue => {
  const places = new Map<string, number>()
  const waiting = new Set<Waiting>()
  let taken = 0

  const take = (holder: string): void => {
    taken += 1
    places.set(holder, (places.get(holder) ?? 0) + 1)
  }
  const give = (holder: string): void => {
    taken -= 1
    const left = (places.get(holder) ?? 0) - 1
    if (left > 0) places.set(holder, left)
    else places.delete(holder)
    for (const next of waiting) {
      if (taken >= atOnce) break
      waiting.delete(next)
      take(next.holder)
      next.admit()
    }
  }
  const leaving = (holder: string) => {
    let left = false
    return (): void => {
      if (left) return
      left = true
      give(holder)
    }
  }

  return {
    enter: (holder, signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted()
        if (taken < atOnce || places.has(holder)) {
          take(holder)
          resolve(leaving(holder))
          return
        }
        const giveUp = (): void => {
          waiting.delete(entry)
          reject(signal.reason as Error)
        }
        const entry: Waiting = {
          holder,
          admit: () => {
            signal.removeEventListener('abort', giveUp)
            resolve(leaving(holder))
          },
        }
        waiting.add(entry)
        signal.addEventListener('abort', giveUp, { once: true })
      }),
  }
}
