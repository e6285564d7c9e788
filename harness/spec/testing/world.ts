import type { Credential } from '../../model/credential.ts'
import type { EvidenceEvent } from '../../model/evidence.ts'
import type { Testbed } from '../../testbed/testbed.ts'
import { openUrlTestbed } from '../../testbed/url-testbed.ts'
import type { World } from '../../testbed/world.ts'

/** A world whose testbeds are one running provider, and what happened in it. */
export interface TinyWorld extends World {
  readonly happened: { leases: number; closes: number; isDirty: boolean }
}

export const tinyWorld = (
  providerUrl: string,
  credentials: readonly Credential[] = [],
): TinyWorld => {
  const events: EvidenceEvent[] = []
  const happened = { leases: 0, closes: 0, isDirty: false }
  const testbed = (): Testbed => ({
    ...openUrlTestbed('orders', providerUrl),
    markDirty: () => {
      happened.isDirty = true
    },
    [Symbol.asyncDispose]: () => {
      happened.closes += 1
      return Promise.resolve()
    },
  })
  return {
    happened,
    credentials,
    seed: 1,
    signal: new AbortController().signal,
    lease: () => {
      happened.leases += 1
      return Promise.resolve(testbed())
    },
    journal: {
      events,
      note: (what, exchange) => {
        events.push({ at: 0, what, ...(exchange === undefined ? {} : { exchange }) })
      },
    },
  }
}
