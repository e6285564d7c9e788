import type { EvidenceEvent } from '../model/evidence.ts'
import type { Journal } from '../model/journal.ts'

/** A journal whose times count from now, in milliseconds. */
export const openJournal = (): Journal => {
  const start = performance.now()
  const events: EvidenceEvent[] = []
  return {
    events,
    note: (what, exchange) => {
      const at = Math.round(performance.now() - start)
      events.push(exchange === undefined ? { at, what } : { at, what, exchange })
    },
  }
}
