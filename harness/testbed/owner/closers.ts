/** Bound on closing one thing, so that what hangs does not keep the rest open. */
const closeMilliseconds = 10_000

/** What was opened and must be closed. */
export interface Closers {
  /** `what` names it in errors: `the provider`. */
  add(what: string, close: () => Promise<void> | void): void
  /** Closes in reverse, goes on after errors, and resolves with all of them. Never rejects. */
  close(): Promise<readonly Error[]>
}

const bounded = async (close: () => Promise<void> | void): Promise<void> => {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(
    () => reject(new Error(`not done after ${closeMilliseconds / 1000} s`)),
    closeMilliseconds,
  )
  try {
    await Promise.race([close(), late])
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Collects what must be closed, in the order in which it was opened.
 *
 * @example
 * const closers = openClosers()
 * closers.add('the link to payments', () => link.close())
 * const errors = await closers.close()
 */
export const openClosers = (): Closers => {
  const open: { readonly what: string; readonly close: () => Promise<void> | void }[] = []
  return {
    add: (what, close) => {
      open.push({ what, close })
    },
    close: async () => {
      const errors: Error[] = []
      for (let last = open.pop(); last !== undefined; last = open.pop())
        try {
          await bounded(last.close)
        } catch (error) {
          const reason = error instanceof Error ? error.message : String(error)
          errors.push(new Error(`${last.what} could not be closed: ${reason}`, { cause: error }))
        }
      return errors
    },
  }
}
