import type { EvidenceEvent } from './evidence.ts'
import type { Exchange } from './http.ts'

/** Takes down what happens in one run of one case. */
export interface Journal {
  note(what: string, exchange?: Exchange): void
  readonly events: readonly EvidenceEvent[]
}
