/** So many requests in so many milliseconds. */
export interface Rate {
  readonly requests: number
  readonly milliseconds: number
}

/**
 * Lets requests through one at a time, evenly spaced: no burst at the beginning, and none after a
 * pause. Without a rate all pass.
 *
 * @example
 * const pass = turnstile({ requests: 5, milliseconds: 1000 })
 * await pass()
 */
export const turnstile = (rate: Rate | undefined): (() => Promise<void>) => {
  if (rate === undefined) return () => Promise.resolve()
  const gap = rate.milliseconds / rate.requests
  let next = 0
  return () => {
    const now = performance.now()
    const at = Math.max(now, next)
    next = at + gap
    return at <= now
      ? Promise.resolve()
      : new Promise((resolve) => {
          setTimeout(resolve, at - now)
        })
  }
}
