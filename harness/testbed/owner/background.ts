/** Work that nobody waits for now, and that must be done before the run is over. */
export interface Background {
  /** Remembers it until it is done; what it throws is not looked at. */
  add(work: Promise<unknown>): void
  /** Resolves when nothing is under way any more, what was added meanwhile included. */
  done(): Promise<void>
}

/** Opens an empty background. */
export const openBackground = (): Background => {
  const busy = new Set<Promise<unknown>>()
  return {
    add: (work) => {
      const entry: Promise<unknown> = work.then(
        () => busy.delete(entry),
        () => busy.delete(entry),
      )
      busy.add(entry)
    },
    done: async () => {
      while (busy.size > 0) await Promise.all(busy)
    },
  }
}
